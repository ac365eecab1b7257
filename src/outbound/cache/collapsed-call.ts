import type { Clock } from '../../platform/clock.ts';
import type { Call, Ending, Reply, Send } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { leaveReply } from '../http/leave-reply.ts';
import { deadlinePassed } from '../resilience/deadline.ts';
import { CollapsedReceipt, type CollapsedReceiptParts } from './collapsed-receipt.ts';
import { toEntryOfHead } from './entry-of-head.ts';
import { isAlike } from './is-alike.ts';
import { isFresh } from './is-fresh.ts';
import { isError } from './rules/status-rules.ts';

/**
 * One upstream call that several callers wait for. It has the operation's own deadline, each caller keeps its own;
 * a caller that leaves does not end it, the last one does.
 */
export class CollapsedCall {
  readonly #leader: Call;
  readonly #clock: Clock;
  readonly #receipt: CollapsedReceipt;
  readonly #controller = new AbortController();
  readonly #refusal = Promise.withResolvers<undefined>();
  readonly #answer: Promise<Reply>;
  readonly #waiters = new Set<Waiter>();
  #isOver = false;

  constructor(leader: Call, send: Send, parts: CollapsedReceiptParts) {
    const { clock } = parts;
    this.#leader = leader;
    this.#clock = clock;
    this.#receipt = new CollapsedReceipt(leader.receipt, parts);
    const call: Call = {
      ...leader,
      receipt: this.#receipt.own,
      deadlineAt: clock.now() + leader.operation.callDeadlineMs,
      signal: this.#controller.signal,
      noteHead: (status, headers) => this.judgeHead(status, headers),
      noteBackoff: (until, last) => this.tellOfBackoff(until, last),
    };
    this.#answer = send(call);
    // Before anybody learns of its end.
    this.#answer.then(
      (reply) => this.#receipt.end(call, { reply }),
      (error: unknown) => this.#receipt.end(call, { error }),
    );
  }

  /** It leaves room for others. */
  get isBackground(): boolean {
    return this.#leader.isBackground ?? false;
  }

  /** Everybody has left: its end is near, and nobody's answer any more. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Runs `task` when the call is over: was its answer one to share? Undefined when there was none to tell by. */
  whenOver(task: (isShareable: boolean | undefined) => void): void {
    const end = (isShareable: boolean | undefined): void => {
      this.#isOver = true;
      task(isShareable);
    };
    this.#answer.then(
      (reply) => end(isFresh(reply) || (isTelling(reply) ? false : undefined)),
      () => end(undefined),
    );
  }

  /** The answer, for the caller that the call was made for. */
  async waitAsLeader(call: Call): Promise<Reply> {
    try {
      return (await this.waitFor(this.#answer, call)) as Reply;
    } catch (error) {
      // Nobody else reads what is still coming.
      this.#answer.then(leaveReply, () => undefined);
      throw error;
    } finally {
      await this.#receipt.leave(this.isAbandoned ? this.#answer : undefined);
    }
  }

  /** The answer, for one more caller; undefined when it may not be shared, as soon as that is known. */
  async wait(call: Call): Promise<Reply | undefined> {
    const reply = await this.waitFor(Promise.race([this.#answer, this.#refusal.promise]), call);
    return reply && this.mayShare(reply, call) ? reply : undefined;
  }

  private mayShare(reply: Reply, call: Call): boolean {
    return (
      reply.rest === undefined &&
      isAlike(this.#leader, call, reply) &&
      (call.operation.collapse || isFresh(reply) || isError(reply.status) || reply.broken !== undefined)
    );
  }

  /** The headers are enough to tell: nobody need wait for the body of an answer that is not for sharing. */
  private judgeHead(status: number, headers: HeaderMap): void {
    this.#leader.noteHead?.(status, headers);
    if (status < 200 || status >= 400 || status === 304 || this.#leader.operation.collapse) return;
    const stored = toEntryOfHead(this.#leader, { status, headers }, this.#clock);
    if (stored === undefined || !isFresh({ stored })) this.#refusal.resolve(undefined);
  }

  /** Who would have to leave before anything more happens learns at once how it stands. */
  private tellOfBackoff(until: number, last: Ending): void {
    for (const waiter of [...this.#waiters]) {
      if (waiter.deadlineAt > until || ('reply' in last && last.reply.rest)) continue;
      if ('reply' in last) waiter.resolve(last.reply);
      else waiter.reject(last.error as Error);
    }
  }

  /** Until it is there, the caller leaves, or the caller's own deadline passes. */
  private waitFor(answer: Promise<Reply | undefined>, call: Call): Promise<Reply | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply | undefined>();
    const waiter = { deadlineAt: call.deadlineAt, resolve, reject };
    const onAbort = (): void => reject(call.signal.reason);
    const onDeadline = (): void => reject(deadlinePassed(call));
    const cancel = this.#clock.schedule(onDeadline, call.deadlineAt - this.#clock.now());
    this.#waiters.add(waiter);
    call.signal.addEventListener('abort', onAbort);
    if (call.signal.aborted) onAbort();
    answer.then(resolve, reject);
    const leave = (reason?: unknown): void => {
      cancel();
      call.signal.removeEventListener('abort', onAbort);
      this.#waiters.delete(waiter);
      if (this.#waiters.size === 0 && !this.#isOver) this.#controller.abort(reason);
    };
    return promise.then(
      (reply) => (leave(), reply),
      (error: unknown) => {
        leave(error);
        throw error;
      },
    );
  }
}

/** An error passes, and what was invalidated on its way says nothing of what comes after. */
const isTelling = ({ status, cache, broken }: Reply): boolean =>
  !isError(status) && broken === undefined && cache?.detail !== 'invalidated';

/** One caller. */
interface Waiter {
  readonly deadlineAt: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}
