import { AsyncLocalStorage } from 'node:async_hooks';
import { Cancellation, type CancelSignal } from '../cancellation.ts';
import { AnswerFreshness } from './answer-freshness.ts';
import type { Caller } from './caller.ts';
import { CallerGone } from './caller-gone.ts';
import { toTraceContext, type Sample, type TraceContext } from './trace-context.ts';
import { UpstreamTime } from './upstream-time.ts';

/** Why a request failed, for its log line. */
export interface Failure {
  readonly code: string;
  readonly reason: string;
  readonly provider?: string;
}

/** What everything done for one incoming request shares. */
export class RequestContext {
  failure: Failure | undefined;
  /** Who makes the request, once that is known; nobody on public routes. */
  caller: Caller | undefined;
  /** The caches behind an answer that was given once more as it is; undefined for one that was made. */
  repeated: readonly { readonly cache: string }[] | undefined;
  /** What came beside `traceparent`; to be said before anybody asks for the trace. */
  tracestate: string | undefined;
  readonly #endings: (() => void)[] = [];
  #isOver = false;
  #outlivesCaller = false;
  #cancellation: Cancellation | undefined;
  #controller: AbortController | undefined;
  #trace: TraceContext | undefined;
  #upstreamTime: UpstreamTime | undefined;
  #freshness: AnswerFreshness | undefined;

  constructor(
    readonly requestId: string,
    private readonly traceparent: string | undefined,
    /** When the request has to be answered, on the clock's monotonic scale. */
    public deadlineAt: number,
    /** Nobody waits for it: it is an attempt at a background call, or a scheduled one, and leaves room for those who do. */
    readonly isBackground = false,
    /** Which traces are recorded. Default: none by us. */
    private readonly sample?: Sample,
  ) {}

  get trace(): TraceContext {
    return (this.#trace ??= toTraceContext(this.traceparent, this.sample, this.tracestate));
  }

  get upstreamTime(): UpstreamTime {
    return (this.#upstreamTime ??= new UpstreamTime());
  }

  get freshness(): AnswerFreshness {
    return (this.#freshness ??= new AnswerFreshness());
  }

  /** Aborts when nobody waits for the answer any more. */
  get cancellation(): CancelSignal {
    return (this.#cancellation ??= new Cancellation());
  }

  /** The same for those who need the real thing. */
  get signal(): AbortSignal {
    return (this.#controller ??= this.follow()).signal;
  }

  /** From now on the work goes on when the caller hangs up, up to the deadline: it will ask again how it ended. */
  outliveCaller(): void {
    this.#outlivesCaller = true;
  }

  /** Stops all work done for this request. */
  abort(reason: Error): void {
    if (this.#outlivesCaller && reason instanceof CallerGone) return;
    (this.#cancellation ??= new Cancellation()).abort(reason);
  }

  /** Runs `task` when the request is over, answered or not; at once if it is already. */
  whenOver(task: () => void): void {
    if (this.#isOver) task();
    else this.#endings.push(task);
  }

  /** The request is over. */
  end(): void {
    this.#isOver = true;
    for (const task of this.#endings.splice(0)) task();
  }

  /** Only ever brings the deadline nearer. */
  shortenDeadline(deadlineAt: number): void {
    this.deadlineAt = Math.min(this.deadlineAt, deadlineAt);
  }

  private follow(): AbortController {
    const controller = new AbortController();
    const { cancellation } = this;
    const follow = (): void => controller.abort(cancellation.reason);
    if (cancellation.aborted) follow();
    else cancellation.addEventListener('abort', follow);
    return controller;
  }
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Runs `work` so that `currentContext()` finds `context` in it and in all that it starts. */
export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work);

/** Runs `work` as belonging to no request: it goes on when this one is over. */
export const outsideContext = <T>(work: () => T): T => storage.exit(work);

/** What is being worked for: a request, or an attempt at a background call. Undefined outside of both. */
export const currentContext = (): RequestContext | undefined => storage.getStore();
