import { fields, list, texts } from './loggable-parts.ts';
import { leftOut, ms, plain, text } from './loggable.ts';

const REQUEST_OF_ATTEMPT = {
  dispatchedMs: ms,
  status: plain,
  error: text,
  code: plain,
  server: text,
  spanId: plain,
};

/** One attempt at an upstream call. */
const ATTEMPT = fields({
  ...REQUEST_OF_ATTEMPT,
  startedAtMs: ms,
  queuedMs: ms,
  sentMs: ms,
  firstByteMs: ms,
  durationMs: ms,
  isHedge: plain,
  earlier: list(fields({ ...REQUEST_OF_ATTEMPT, endedMs: ms })),
});

const CACHE = fields({
  fwd: plain,
  fwdStatus: plain,
  ttlMs: ms,
  stored: plain,
  collapsed: plain,
  detail: plain,
});

const NOTICES = fields({
  sunset: text,
  deprecation: text,
  quota: fields({ remaining: plain, limit: plain, resetMs: ms }),
});

/** The receipt of an upstream call; `query` are the values that its operation declares. */
export const LOGGED_CALL = fields({
  provider: plain,
  operation: plain,
  method: plain,
  template: plain,
  query: texts,
  isBackground: plain,
  isRefresh: plain,
  isShared: plain,
  outcome: plain,
  status: plain,
  durationMs: ms,
  attempts: list(ATTEMPT),
  attemptsLeftOut: plain,
  backoffsMs: list(ms),
  cache: CACHE,
  circuit: plain,
  hedge: plain,
  retryBudgetTokens: ms,
  decisions: list(text),
  notices: NOTICES,
  // The line itself bears these.
  requestId: leftOut,
  traceId: leftOut,
  trace: leftOut,
  startedAt: leftOut,
});
