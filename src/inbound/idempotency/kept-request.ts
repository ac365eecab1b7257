import { createHash } from 'node:crypto';
import { DAY_MS } from '../../platform/durations.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** Where requests with a key are kept. */
export const COLLECTION = 'idempotency';

/** How long a key means one request, from the first time it is sent. */
export const KEPT_FOR_MS = DAY_MS;

/** What is known of a request with a key. `fingerprint`: what it asked for. */
export type KeptRequest =
  /** Its holder may be at work until then, in ms since 1970. */
  | { readonly state: 'working'; readonly fingerprint: string; readonly holder: string; readonly until: number }
  /** Nobody is at work. Null: nothing was done, so any request may have the key; else only the same one. */
  | { readonly state: 'free'; readonly fingerprint: string | null }
  /** Null: it was done, and its answer was too large to be kept. */
  | { readonly state: 'answered'; readonly fingerprint: string; readonly answer: StoredAnswer | null };

/** One id for a caller and its key: of a length, and without either. */
export const toKeptId = (caller: Caller, key: string): string =>
  createHash('sha256')
    .update(JSON.stringify([toOwnerKey(caller), key]))
    .digest('base64url');
