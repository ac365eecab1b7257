import type { Reply, Send } from '../../src/outbound/http/call.ts';
import { buildCall, type CallParts } from './build-call.ts';
import type { FakeClock } from './fake-clock.ts';

/** Asks, lets what came go stale by a second where it was fresh for a minute, and asks again: that answer. */
export const askStale = async (clock: FakeClock, send: Send, parts: CallParts = {}): Promise<Reply> => {
  await send(buildCall());
  await clock.advance(61_000);
  return send(buildCall(parts));
};
