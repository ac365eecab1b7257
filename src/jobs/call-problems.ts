import type { CallProblem } from './call-record.ts';

/** Problems of calls that no error stands for. */

export const noSuchOperation = (operation: string): CallProblem => ({
  code: 'not_found',
  status: 404,
  title: 'Not found',
  detail: `There is no operation "${operation}" any more`,
});

export const OUTCOME_UNKNOWN: CallProblem = {
  code: 'outcome_unknown',
  status: 502,
  title: 'Outcome unknown',
  detail: 'The call was stopped after it may have been sent: whether it was done nobody can say.',
};

export const KILLS_WORKERS: CallProblem = {
  code: 'internal',
  status: 500,
  title: 'Internal error',
  detail: 'Too many workers ended while they made this call: it is not tried again.',
};

export const TOOK_TOO_LONG: CallProblem = {
  code: 'upstream_timeout',
  status: 504,
  title: 'Timeout',
  detail: 'The attempt was not over within the time allowed.',
};
