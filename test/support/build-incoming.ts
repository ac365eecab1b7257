import type { IncomingHttpHeaders } from 'node:http';
import type { Incoming } from '../../src/gateway/headers/incoming.ts';
import type { RequestOptions } from '../../src/gateway/routes/route-options.ts';

type Fields = readonly (readonly [name: string, value: string])[];

/** Node keeps the first of these, and joins others with commas. */
const FIRST_ONLY = ['authorization', 'content-length', 'content-type', 'host', 'max-forwards', 'user-agent'];

/** A request to us that bears these headers, in this order. */
export const buildIncoming = (fields: Fields = [], parts: Partial<Incoming> = {}): Incoming => {
  const headers: IncomingHttpHeaders = {};
  for (const [mixed, value] of fields) {
    const name = mixed.toLowerCase();
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (!FIRST_ONLY.includes(name)) headers[name] = `${String(before)}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return {
    headers,
    rawHeaders: fields.flat(),
    httpVersion: '1.1',
    peer: '192.0.2.1',
    isTrusted: false,
    protocol: 'http',
    requestId: 'r-1',
    traceparent: '00-1',
    hasBody: false,
    isUpgrade: false,
    ...parts,
  };
};

export const buildRequestOptions = (parts: Partial<RequestOptions> = {}): RequestOptions => ({
  headers: { set: {}, add: {}, remove: [] },
  maxBytes: 1_000,
  forward: [],
  host: 'upstream',
  ...parts,
});
