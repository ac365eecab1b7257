import type { Clock } from '../../platform/clock.ts';
import type { Call } from '../http/call.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { newReceipt } from '../telemetry/new-receipt.ts';
import { toCacheKey } from './cache-key.ts';
import { peekEntry } from './find-entry.ts';
import { isDueAhead } from './refresh-ahead.ts';
import { reportSource } from './report-freshness.ts';
import type { CacheStore } from './stores/cache-store.ts';

export interface RecallParts {
  readonly store: CacheStore;
  readonly clock: Clock;
  readonly receipts: CallReceipts;
}

/** A GET as far as it is needed to find what is stored for it. */
export type Asked = Pick<Call, 'provider' | 'operation' | 'origin' | 'path' | 'principal'>;

export interface Recalled {
  readonly value: unknown;
}

export type Recall = (asked: Asked, schema: object) => Recalled | undefined;

const NO_HEADERS = {};

/**
 * What a schema made of a stored answer, while that is fresh and at hand: no request is built, nothing parsed.
 * Undefined when the call has to go its whole way.
 */
export const createRecall =
  ({ store, clock, receipts }: RecallParts): Recall =>
  (asked, schema) => {
    if (asked.operation.cache === 'off') return undefined;
    const entry = peekEntry(store, toCacheKey(asked), NO_HEADERS);
    if (entry?.parsed?.schema !== schema) return undefined;
    const now = clock.now();
    const ttlMs = entry.ttlAt(now);
    if (ttlMs <= 0 || isDueAhead(entry, asked, now)) return undefined;
    entry.noteHit();
    const cache = { ttlMs };
    reportSource(asked, entry, cache, now);
    receipts.publish({ ...newReceipt({ ...asked, method: 'GET' }, now), status: entry.status, cache });
    return entry.parsed;
  };
