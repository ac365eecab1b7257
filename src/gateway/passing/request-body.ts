import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { HeaderMap } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { BodyStalled } from './body-stalled.ts';
import { BodyTooLarge } from './body-too-large.ts';
import { discardRest } from './discard-rest.ts';
import { IdleWatch } from './idle-watch.ts';
import { notePassing } from './sweep-buffers.ts';

export interface RequestBodyParts {
  /** More is `BodyTooLarge`. */
  readonly maxBytes: number;
  /** Longest that the caller may send nothing while more is wanted, in ms; then it is `BodyStalled`. */
  readonly idleMs: number;
  readonly clock: Clock;
  /** To the request that the body is of. */
  readonly response: ServerResponse;
  /** Runs once, before the first byte is asked for: the caller may be waiting for 100 Continue. */
  readonly onFirstRead?: () => void;
}

/**
 * The body of a caller's request, as fast as it is read; its pieces are not copied. Fails with `BodyTooLarge`, `BodyStalled`
 * or `CallerGone`. Whoever destroys it does no harm to the caller's connection, so that the caller can still be answered:
 * what it goes on sending is discarded as `discardRest` says. An error that it is destroyed with is not its own and not told.
 */
export class RequestBody extends Readable {
  /** What it could not be read to its end for. */
  failure: Error | undefined;
  movedAt = -Infinity;
  #received = 0;
  #hasBegun = false;
  #isWhole = false;
  readonly #watch: IdleWatch;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly parts: RequestBodyParts,
  ) {
    super();
    const { clock, idleMs } = parts;
    this.#watch = new IdleWatch(clock, idleMs, () => this.fail(new BodyStalled(idleMs)));
    // Whoever reads it hears of a failure; without a reader nobody needs to.
    this.on('error', () => undefined);
  }

  /** What came after it, once it has ended. */
  trailers(): HeaderMap {
    return this.incoming.trailers;
  }

  override _read(): void {
    if (!this.#hasBegun) this.begin();
    if (this.#isWhole || this.destroyed) return;
    this.#watch.expect();
    this.incoming.resume();
  }

  override _destroy(_error: Error | null, callback: (error?: Error | null) => void): void {
    this.detach();
    if (!this.#isWhole && !this.incoming.destroyed && !this.isHeldBack())
      discardRest(this.incoming, this.parts.response, this.parts.clock);
    callback(this.failure);
  }

  private begin(): void {
    this.#hasBegun = true;
    const { incoming } = this;
    if (incoming.destroyed) return this.fail(new CallerGone());
    this.parts.onFirstRead?.();
    incoming.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onGone).on('close', this.#onGone);
  }

  /** To read it would be to ask for it: its caller waits for 100, and gets an answer instead. */
  private isHeldBack(): boolean {
    return !this.#hasBegun && this.incoming.headers.expect !== undefined;
  }

  private fail(failure: Error): void {
    if (this.destroyed) return;
    this.failure = failure;
    this.destroy(failure);
  }

  private detach(): void {
    this.#watch.stop();
    const { incoming } = this;
    incoming.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onGone).off('close', this.#onGone);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#received += chunk.length;
    if (this.#received > this.parts.maxBytes) return this.fail(new BodyTooLarge(this.parts.maxBytes));
    this.#watch.rest();
    this.movedAt = this.parts.clock.now();
    notePassing(chunk.length);
    if (!this.push(chunk)) this.incoming.pause();
  };

  readonly #onEnd = (): void => {
    this.#isWhole = true;
    this.movedAt = this.parts.clock.now();
    this.detach();
    this.push(null);
  };

  readonly #onGone = (): void => this.fail(new CallerGone());
}
