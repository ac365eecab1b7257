import type { Reply, Send } from '../../src/outbound/http/call.ts';
import type { CallReceipt } from '../../src/outbound/telemetry/call-receipt.ts';
import { CallReceipts } from '../../src/outbound/telemetry/call-receipts.ts';
import { askStale } from './ask-stale.ts';
import { buildReply, type CallParts } from './build-call.ts';
import { collapsingSend } from './cached-send.ts';
import { FakeClock } from './fake-clock.ts';
import type { ScriptedSend } from './scripted-send.ts';

/** Fresh for a minute, and for another to be served while it is fetched anew. */
export const SAID = { 'cache-control': 'max-age=60, stale-while-revalidate=60' };
export const OLD = buildReply(200, { ...SAID, etag: '"a"' }, 'old');
export const NEW = buildReply(200, SAID, 'new');

export interface Refreshing {
  readonly clock: FakeClock;
  /** The receipts of the calls that the cache made by itself, in the order they ended. */
  readonly published: readonly CallReceipt[];
  /** What such a cache makes of a scripted upstream; each has a store of its own. */
  readonly stored: (script: ScriptedSend) => Send;
  /** What a caller gets a second after it went stale. */
  readonly askStale: (send: Send, parts?: CallParts) => Promise<Reply>;
}

/** The cache as calls pass through it, which tells of what it fetches without being asked. */
export const refreshing = (): Refreshing => {
  const clock = new FakeClock();
  const [published, receipts] = [Array<CallReceipt>(), new CallReceipts()];
  receipts.listen((receipt) => void published.push(receipt));
  return {
    clock,
    published,
    stored: (script) => collapsingSend(clock, script, { receipts }),
    askStale: (send, parts) => askStale(clock, send, parts),
  };
};
