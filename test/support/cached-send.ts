import { cache } from '../../src/outbound/cache/cache.ts';
import { collapse } from '../../src/outbound/cache/collapse.ts';
import { keep } from '../../src/outbound/cache/keep.ts';
import type { CacheStore } from '../../src/outbound/cache/stores/cache-store.ts';
import { compose, type Send } from '../../src/outbound/http/call.ts';
import { CallReceipts } from '../../src/outbound/telemetry/call-receipts.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { minuteKeys } from './minute-keys.ts';
import { smallStore } from './small-store.ts';

/** Where a test cares about them; each is new and empty when left out. */
interface CachedSendParts {
  readonly store?: CacheStore;
  readonly receipts?: CallReceipts;
}

/** The stages that serve and keep, around an upstream. */
export const cachedSend = (clock: Clock, { send }: { readonly send: Send }, own: CachedSendParts = {}): Send => {
  const parts = toParts(clock, own);
  return compose([cache(parts), keep(parts)], send);
};

/** The same, with the stage between them that collapses. */
export const collapsingSend = (clock: Clock, { send }: { readonly send: Send }, own: CachedSendParts = {}): Send => {
  const parts = toParts(clock, own);
  return compose([cache(parts), collapse({ ...parts, unshareable: minuteKeys(clock) }), keep(parts)], send);
};

const toParts = (clock: Clock, { store = smallStore(clock), receipts = new CallReceipts() }: CachedSendParts) => ({
  store,
  clock,
  receipts,
  unstorable: minuteKeys(clock),
});
