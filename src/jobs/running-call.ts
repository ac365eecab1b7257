import { Cancellation } from '../platform/cancellation.ts';
import type { Cancel, Clock } from '../platform/clock.ts';
import { RequestContext, runInContext } from '../platform/context/request-context.ts';
import type { Sample } from '../platform/context/trace-context.ts';
import { unlessAborted } from '../platform/unless-aborted.ts';
import { AttemptTooLong } from './abort-reasons.ts';
import { SentCalls } from './sent-calls.ts';

/** Longest an attempt may take, in ms. Its upstream calls have deadlines of their own, much nearer. */
const MAX_ATTEMPT_MS = 600_000;

/** How long what has been told to stop is waited for, in ms: a worker that stops has a second for all. */
const GRACE_MS = 500;

/** One attempt in this process: what it shares, what it sent, and what ends it. */
export class RunningCall {
  /** Its request id is the call's id: so logs name it, and upstreams hear of it. */
  readonly context: RequestContext;
  readonly sent = new SentCalls();
  /** Its method has begun: from then on it may have effects. */
  hasBegun = false;

  constructor(
    callId: string,
    private readonly clock: Clock,
    /** Which traces are recorded. Default: none by us. */
    sample?: Sample,
  ) {
    this.context = new RequestContext(callId, undefined, clock.now() + MAX_ATTEMPT_MS, true, sample);
  }

  /** Why it is to end; undefined while it is not. */
  get abortReason(): Error | undefined {
    const { aborted, reason } = this.context.cancellation;
    return aborted ? reason : undefined;
  }

  abort(reason: Error): void {
    this.context.abort(reason);
  }

  /** What `method` comes to; the reason when it was aborted and the method does not heed that. */
  async run(method: () => Promise<unknown>): Promise<unknown> {
    const { context, clock } = this;
    if (this.abortReason) throw this.abortReason;
    const isGivenUp = new Cancellation();
    let cancelGrace: Cancel = () => undefined;
    context.cancellation.addEventListener('abort', () => {
      cancelGrace = clock.schedule(() => isGivenUp.abort(context.cancellation.reason), GRACE_MS);
    });
    const cancelLimit = clock.schedule(() => context.abort(new AttemptTooLong()), MAX_ATTEMPT_MS);
    this.hasBegun = true;
    try {
      return await unlessAborted(
        runInContext(context, async () => method()),
        isGivenUp,
      );
    } finally {
      cancelLimit();
      cancelGrace();
      context.end();
    }
  }
}
