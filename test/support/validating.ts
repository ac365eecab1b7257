import type { Reply, Send } from '../../src/outbound/http/call.ts';
import type { HeaderMap } from '../../src/outbound/http/header-map.ts';
import { askStale } from './ask-stale.ts';
import { buildCall, buildReply, type CallParts } from './build-call.ts';
import { cachedSend } from './cached-send.ts';
import { FakeClock } from './fake-clock.ts';
import type { ScriptedSend } from './scripted-send.ts';

/** Fresh for a minute, and then to be validated by its tag. */
export const TAGGED = buildReply(
  200,
  { 'cache-control': 'max-age=60', etag: '"a"', 'x-old': 'kept', 'x-both': 'old' },
  'one',
);

/** Confirms `TAGGED`, unless told of another tag. */
export const notModified = (headers: HeaderMap = {}): Reply => buildReply(304, { etag: '"a"', ...headers });

type Ask = (send: Send, headers?: HeaderMap, parts?: CallParts) => Promise<Reply>;

export interface Validating {
  readonly clock: FakeClock;
  /** What such a cache makes of a scripted upstream; each has a store of its own. */
  readonly stored: (script: ScriptedSend) => Send;
  readonly ask: Ask;
  /** Asks, and again when what came is stale: only that with the headers and parts. */
  readonly askTwice: Ask;
}

/** The stages that serve and keep, and callers that come once and again. */
export const validating = (): Validating => {
  const clock = new FakeClock();
  return {
    clock,
    stored: (script) => cachedSend(clock, script),
    ask: (send, headers = {}, parts = {}) => send(buildCall({ headers, ...parts })),
    askTwice: (send, headers = {}, parts = {}) => askStale(clock, send, { headers, ...parts }),
  };
};
