import { DAY_MS } from '../platform/durations.ts';
import { isFinished, type CallRecord } from './call-record.ts';

/** How long an owner finds what came of a call, from its end on, in ms. */
export const SHOWN_MS = DAY_MS;

/** How long operators find a call that failed, from its end on, in ms. */
const DEAD_LETTER_KEPT_MS = 7 * DAY_MS;

/** Longer than anything waits: a call that is made once more must not run out as it was to. */
const UNFINISHED_KEPT_MS = 3_650 * DAY_MS;

export const isDeadLetter = ({ state }: Pick<CallRecord, 'state'>): boolean =>
  state === 'failed' || state === 'outcome_unknown';

/** How long a call is kept from now on, in ms. */
export const toKeptMs = (call: Pick<CallRecord, 'state'>): number => {
  if (isDeadLetter(call)) return DEAD_LETTER_KEPT_MS;
  return isFinished(call) ? SHOWN_MS : UNFINISHED_KEPT_MS;
};

/** Dead letters are kept for operators longer than their owner is shown them. `now`: ms since 1970. */
export const isShownToOwner = ({ finishedAt }: Pick<CallRecord, 'finishedAt'>, now: number): boolean =>
  finishedAt === null || finishedAt + SHOWN_MS > now;
