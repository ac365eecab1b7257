import type { MemoryStore } from '../../src/outbound/cache/stores/memory-store.ts';
import type { Reply, Send } from '../../src/outbound/http/call.ts';
import { buildCall, type CallParts } from './build-call.ts';
import { collapsingSend } from './cached-send.ts';
import { FakeClock, settled } from './fake-clock.ts';
import { slowUpstream, type SlowUpstream } from './slow-upstream.ts';
import { smallStore } from './small-store.ts';

export interface Collapsing {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly upstream: SlowUpstream;
  readonly send: Send;
  /** Begins calls at the same time. */
  readonly begin: (...parts: CallParts[]) => Promise<Promise<Reply>[]>;
}

/** The cache as calls pass through it, collapsing included, before an upstream that answers when it is told to. */
export const collapsing = (): Collapsing => {
  const clock = new FakeClock();
  const [store, upstream] = [smallStore(clock), slowUpstream()];
  const send = collapsingSend(clock, upstream, { store });
  const begin = async (...parts: CallParts[]): Promise<Promise<Reply>[]> => {
    const begun = parts.map((each) => send(buildCall(each)));
    for (const each of begun) each.catch(() => undefined);
    await settled();
    return begun;
  };
  return { clock, store, upstream, send, begin };
};
