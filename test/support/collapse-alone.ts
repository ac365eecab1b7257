import { collapse } from '../../src/outbound/cache/collapse.ts';
import type { Reply, Send } from '../../src/outbound/http/call.ts';
import { CallReceipts } from '../../src/outbound/telemetry/call-receipts.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { buildEntry } from './build-entry.ts';
import { buildReply } from './build-call.ts';
import { minuteKeys } from './minute-keys.ts';
import type { ScriptedSend } from './scripted-send.ts';
import { smallStore } from './small-store.ts';

/** The stage that collapses, around a scripted upstream, with no other. */
export const collapsed = (clock: Clock, { send }: ScriptedSend, receipts = new CallReceipts()): Send =>
  collapse({ clock, receipts, store: smallStore(clock), unshareable: minuteKeys(clock) })(send);

/** An answer that can be shared. */
export const shareable = (): Reply => ({ ...buildReply(), stored: buildEntry() });

/** An upstream that takes its time, in milliseconds. */
export const answerAfter =
  (clock: Clock, delayMs: number, outcome: Reply): Send =>
  () =>
    new Promise((resolve) => void clock.schedule(() => resolve(outcome), delayMs));
