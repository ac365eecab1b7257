import { fields, list } from './loggable-parts.ts';
import { ms, origin, plain, text, thrown } from './loggable.ts';
import { LOGGED_CALL } from './logged-call.ts';

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
  calls: list(LOGGED_CALL),
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
  call: LOGGED_CALL,
  error: thrown,
  err: thrown,
};

/** The compiler, too, knows which they are. */
export type LogFields = { readonly [Field in keyof typeof LOGGED_FIELDS]?: unknown };
