import { keep } from '../../src/outbound/cache/keep.ts';
import type { RecentKeys } from '../../src/outbound/cache/recent-keys.ts';
import type { Reply, Send, Stage } from '../../src/outbound/http/call.ts';
import { buildCall, type CallParts } from './build-call.ts';
import { CountingStore } from './counting-store.ts';
import { LOOKUP } from './empty-lookup.ts';
import { FakeClock } from './fake-clock.ts';
import { minuteKeys } from './minute-keys.ts';
import { scripted } from './scripted-send.ts';

export interface Keeping {
  readonly clock: FakeClock;
  readonly store: CountingStore;
  readonly unstorable: RecentKeys;
  readonly stage: Stage;
  /** Makes a call for which nothing was found, unless told otherwise, and that comes out so. */
  readonly send: (outcome: Reply | Error | Send, parts?: CallParts) => Promise<Reply>;
}

/** The stage that keeps answers, with no other, and what it keeps them in. */
export const keeping = (): Keeping => {
  const clock = new FakeClock();
  const store = new CountingStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  const unstorable = minuteKeys(clock);
  const stage = keep({ store, clock, unstorable });
  const send: Keeping['send'] = (outcome, parts = {}) =>
    stage(scripted(outcome).send)(buildCall({ lookup: LOOKUP, ...parts }));
  return { clock, store, unstorable, stage, send };
};
