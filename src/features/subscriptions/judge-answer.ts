import { DAY_MS } from '../../platform/durations.ts';
import { UpstreamError, type Reply } from '../../outbound/index.ts';
import { RECEIVERS } from './receivers.ts';

/** Least and longest wait that a receiver may ask for. */
const LEAST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = DAY_MS;

/** An attempt at a delivery that did not work. */
export interface FailedDelivery {
  readonly outcome: 'failed';
  /** Null: there was no answer. */
  readonly status: number | null;
  /** For the subscriber. */
  readonly detail: string;
  /** What the attempt ends with: says whether and when there is another one. */
  readonly error: UpstreamError;
}

/** What an attempt at a delivery came to. `gone`: the receiver wants no more. */
export type Judgement = { readonly outcome: 'delivered' | 'gone'; readonly status: number } | FailedDelivery;

interface Judged {
  readonly status: Reply['status'];
  /** By its Retry-After. */
  readonly askedToWaitMs: number | undefined;
  /** Since the event. */
  readonly ageMs: number;
}

/**
 * Standard Webhooks 1.0.0, "Delivery success and failure": any 2xx is success, 410 the end of it, all else a failure,
 * redirects included. Who asks for time gets it, which counts as no attempt; but the older the event is, the longer it is
 * then left alone, so that these are few. The errors do not bear the status: `jobs` would not repeat a 501.
 */
export const judgeAnswer = ({ status, askedToWaitMs, ageMs }: Judged): Judgement => {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status };
  if (status === 410) return { outcome: 'gone', status };
  const failure = { provider: RECEIVERS, operation: 'deliver', reason: `status ${status}` };
  if (askedToWaitMs === undefined) return failed(status, new UpstreamError({ ...failure, code: 'upstream_failed' }));
  const retryAfterMs = Math.min(Math.max(askedToWaitMs, LEAST_WAIT_MS, ageMs), LONGEST_WAIT_MS);
  return failed(status, new UpstreamError({ ...failure, code: 'upstream_throttled', retryAfterMs }));
};

const failed = (status: number, error: UpstreamError): FailedDelivery => {
  const isRedirect = status >= 300 && status < 400;
  const detail = `The receiver answered with status ${status}${isRedirect ? ': redirects are not followed' : ''}`;
  return { outcome: 'failed', status, detail, error };
};
