import { UpstreamError, type CallReceipt } from '../outbound/index.ts';

/**
 * What an attempt may have changed elsewhere. `none`: certainly nothing. `as_error_says`: as much as the error it failed with
 * says. `unknown`: there was more than what failed.
 */
export type Effects = 'none' | 'as_error_says' | 'unknown';

/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** As `outbound` puts it in its receipts. */
const REPEATED_BY_KEY = /^retried: (?!status 429;).* the idempotency key /;

/** More is not needed to know that there was more than one. */
const MOST_KEPT = 20;

/** The upstream calls of one attempt, as far as it matters whether it may be made again. */
export class SentCalls {
  #ended = 0;
  readonly #reads: CallReceipt[] = [];
  readonly #writes: CallReceipt[] = [];

  /** One of them has ended. */
  note(receipt: CallReceipt): void {
    this.#ended += 1;
    const isRead = SAFE_METHODS.has(receipt.method);
    if (isRead && receipt.outcome === 'answered') return;
    // One that never got as far as an attempt had no effects.
    if (!isRead && receipt.attempts.length === 0) return;
    const kept = isRead ? this.#reads : this.#writes;
    if (kept.length < MOST_KEPT) kept.push(receipt);
  }

  /** `begun`: how many there were, ended or not. */
  judge(error: unknown, begun: number): Effects {
    if (begun > this.#ended) return 'unknown';
    const [write, ...others] = this.#writes;
    if (!write) return this.#reads.some((read) => hasEndedWith(read, error)) ? 'none' : 'as_error_says';
    if (others.length > 0 || wasRepeatedByKey(write)) return 'unknown';
    if (hasEndedWith(write, error)) return 'as_error_says';
    return hasLackedCredential(write, error) ? 'none' : 'unknown';
  }
}

/** An attempt before the last may have been done, and the next call would come with another key. What got 429 was not done. */
const wasRepeatedByKey = ({ decisions }: CallReceipt): boolean =>
  decisions.some((decision) => REPEATED_BY_KEY.test(decision));

const hasEndedWith = ({ provider, operation, outcome }: CallReceipt, error: unknown): boolean =>
  error instanceof UpstreamError &&
  error.provider === provider &&
  error.operation === operation &&
  error.code === outcome;

/** It was to be sent, but whoever issues its credential failed. */
const hasLackedCredential = ({ provider, outcome, attempts }: CallReceipt, error: unknown): boolean =>
  error instanceof UpstreamError &&
  error.provider !== provider &&
  error.code === outcome &&
  attempts.at(-1)?.error === error.reason &&
  attempts.every(({ status }) => status === undefined);
