import { createHash } from 'node:crypto';
import type { CallOwner } from '../../outbound/index.ts';

interface KeyedRequest {
  readonly caller: CallOwner;
  readonly operation: string;
  /** Of what it is done to. */
  readonly id: string;
  /** The caller's idempotency key. */
  readonly key: string;
}

/** Changes with what tokens are made of. */
const FORMAT = 'breakwater request token 1';
const UUID_BYTES = 16;

/**
 * What makes a request one with its repetitions, as the CI service takes it: a UUID of version 8 (RFC 9562 §5.8), the same
 * for the same request. Never the key itself: two callers may use the same one, and one of them would get what was
 * started for the other.
 */
export const toRequestToken = ({ caller, operation, id, key }: KeyedRequest): string => {
  const { issuer, subject, clientId = null } = caller;
  // As JSON, no two requests are made of the same text.
  const text = JSON.stringify([FORMAT, issuer, subject, clientId, operation, id, key]);
  const bytes = createHash('sha256').update(text).digest().subarray(0, UUID_BYTES);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};
