import { UpstreamError } from '../errors/upstream-error.ts';
import type { Call, Reply } from '../http/call.ts';

/** Whether a failed attempt may be repeated, and the sentence that says why. */
export interface Verdict {
  readonly mayRepeat: boolean;
  readonly why: string;
}

/** Statuses that say "not now": worth repeating where repeating is safe. 501 and 505 will not change. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/** Whether a status says nothing of what is asked for, only of how the upstream is just now. */
export const isPassing = (status: number): boolean => status === 500 || TRANSIENT_STATUSES.has(status);

const no = (why: string): Verdict => ({ mayRepeat: false, why });
const yes = (why: string): Verdict => ({ mayRepeat: true, why });

const hasKey = ({ headers }: Call, keyHeader: string): boolean => headers[keyHeader] !== undefined;

/** Judges an answer; undefined when it is not one that retries are about. */
export const judgeReply = (call: Call, { status }: Reply, keyHeader: string): Verdict | undefined => {
  if (status === 500) {
    if (!isReplayable(call)) return no('status 500; the body is a stream: it cannot be sent again');
    return call.operation.idempotent
      ? yes('status 500 of an idempotent operation')
      : no('status 500 may have had effects');
  }
  if (!TRANSIENT_STATUSES.has(status)) return undefined;
  return judgeRepetition(call, `status ${status}`, keyHeader);
};

/** Judges an attempt that ended without an answer. */
export const judgeError = (call: Call, error: unknown, keyHeader: string): Verdict => {
  if (!(error instanceof UpstreamError)) {
    return no(call.signal.aborted ? 'cancelled by the caller' : 'a mistake of our own');
  }
  // Whoever issues the credential has been asked as patiently as they deserve.
  if (error.provider !== call.provider) return no(`no credential: ${error.reason}`);
  if (!error.sent && error.transient && error.code === 'upstream_unreachable') {
    return isReplayable(call)
      ? yes(`${error.reason}: nothing was sent`)
      : no('the body is a stream: it cannot be sent again');
  }
  if (!['upstream_unreachable', 'upstream_timeout'].includes(error.code)) return no(error.reason);
  if (!error.transient) return no(`${error.reason}: will not mend itself`);
  return judgeRepetition(call, error.reason, keyHeader);
};

/** Proof that doing it twice is doing it once (RFC 9110 §9.2.2, or an idempotency key). */
const judgeRepetition = (call: Call, reason: string, keyHeader: string): Verdict => {
  if (!isReplayable(call)) return no(`${reason}; the body is a stream: it cannot be sent again`);
  if (call.operation.idempotent) return yes(`${reason}; ${call.method} is safe to repeat here`);
  if (hasKey(call, keyHeader)) return yes(`${reason}; the idempotency key makes it safe to repeat`);
  return no(`${reason}; ${call.method} without an idempotency key may have been processed`);
};

/** Any kind of stream is used up by the first attempt. */
export const isReplayable = ({ body }: Call): boolean =>
  body === null || typeof body === 'string' || body instanceof Uint8Array;
