import type { Reply, Send } from '../../src/outbound/http/call.ts';
import { buildCall, type CallParts } from './build-call.ts';
import { LOOKUP } from './empty-lookup.ts';

export interface WaitingCall {
  readonly ended: Promise<Reply>;
  /** The caller goes; has no effect on a call that was begun with another signal. */
  readonly leave: (reason: Error) => void;
}

/** Begins a call as the cache lets it go on, all of them under one key, each with a signal of its own. */
export const begin = (send: Send, parts: CallParts = {}): WaitingCall => {
  const controller = new AbortController();
  const ended = send(buildCall({ lookup: LOOKUP, signal: controller.signal, ...parts }));
  ended.catch(() => undefined);
  return { ended, leave: (reason) => controller.abort(reason) };
};
