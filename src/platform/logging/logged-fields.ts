import { fields, list, texts } from './loggable-parts.ts';
import { leftOut, ms, origin, plain, text, thrown } from './loggable.ts';

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
const CALL = fields({
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
  retryBudgetTokens: ms,
  decisions: list(text),
  notices: NOTICES,
  // The line itself bears these.
  requestId: leftOut,
  traceId: leftOut,
  trace: leftOut,
  startedAt: leftOut,
});

const REQUEST = {
  requestId: plain,
  traceId: plain,
  method: plain,
  route: plain,
  status: plain,
  durationMs: ms,
  upstreamMs: ms,
  upstreamCalls: plain,
  failure: fields({ code: plain, reason: text, provider: plain }),
  calls: list(CALL),
  callsLeftOut: plain,
};

const BACKGROUND_WORK = {
  callId: plain,
  operation: plain,
  state: plain,
  attempts: plain,
  totalMs: ms,
  lastAttemptMs: ms,
  putBack: plain,
  endWithinMs: plain,
  schedule: plain,
  slot: plain,
  poll: plain,
  policy: plain,
};

const EVENTS = {
  topic: plain,
  type: plain,
  subscriptionId: plain,
  inFlight: plain,
};

const OPERATORS_WORK = {
  operatorAction: plain,
  target: plain,
  by: plain,
  outcome: plain,
  logLevel: plain,
  before: plain,
  forS: plain,
};

/** What concerns the process and what it is set up with; `reason`, `remedy` and `mistakes` are sentences. */
const SURROUNDINGS = {
  context: plain,
  url: origin,
  provider: plain,
  path: text,
  finding: fields({ operation: plain, path: text, kind: plain, from: plain, to: plain }),
  routes: plain,
  mistakes: list(text),
  discovery: text,
  code: plain,
  reason: text,
  remedy: text,
  directory: text,
  ms: plain,
  signal: plain,
  timeoutMs: plain,
  /** Spans that were not exported. */
  lost: plain,
};

/**
 * All that may stand in a line of the log beside level, time and sentence, each with what may be logged of it. What is not
 * here is not written: a field is declared before it is used.
 */
export const LOGGED_FIELDS = {
  ...REQUEST,
  ...BACKGROUND_WORK,
  ...EVENTS,
  ...OPERATORS_WORK,
  ...SURROUNDINGS,
  call: CALL,
  error: thrown,
  err: thrown,
};

/** The compiler, too, knows which they are. */
export type LogFields = { readonly [Field in keyof typeof LOGGED_FIELDS]?: unknown };
