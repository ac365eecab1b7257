import { STATUS_CODES } from 'node:http';

/** Of callers that left: nobody has registered it, but everybody knows it. */
const CALLER_GONE = 499;

/**
 * What an attribute says of a status: one that nobody knows counts as the first of its class (RFC 9110 §15). Upstreams may answer
 * with any number, and the gateway passes it on.
 */
export const toKnownStatus = (status: number): number =>
  STATUS_CODES[status] === undefined && status !== CALLER_GONE ? Math.floor(status / 100) * 100 : status;
