import type { ServerResponse } from 'node:http';
import type { HeaderMap, ReplySink, ReplyStream } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { permittedTrailers } from '../../platform/permitted-trailers.ts';
import { IdleWatch } from './idle-watch.ts';
import { notePassing } from './sweep-buffers.ts';

export interface AnswerParts {
  /** Longest that nothing arrives, or that our caller takes none of what did, in ms. */
  readonly idleMs: number;
  readonly clock: Clock;
  /** Of what is still to come. */
  readonly maxBytes: number;
}

/** `whole`: our caller has it all. All others broke off on the way. */
export type AnswerEnd =
  'whole' | 'caller_gone' | 'caller_stalled' | 'upstream_failed' | 'upstream_stalled' | 'too_large';

export interface WrittenAnswer {
  readonly end: AnswerEnd;
  /** Bytes of the body that were written. */
  readonly bytes: number;
  /** Of `upstream_failed`. */
  readonly error?: Error;
}

/**
 * Gives our caller the rest of an answer whose head is written, each piece at once, as fast as it takes them. Whatever breaks
 * it off frees the upstream and destroys the response, so that the caller can tell. Never rejects.
 */
export const writeBody = (rest: ReplyStream, response: ServerResponse, parts: AnswerParts): Promise<WrittenAnswer> =>
  new Promise((resolve) => new AnswerWriter(rest, response, parts, resolve).start());

class AnswerWriter implements ReplySink {
  readonly #watch: IdleWatch;
  #bytes = 0;
  #waitsForCaller = false;
  #isOver = false;

  constructor(
    private readonly rest: ReplyStream,
    private readonly response: ServerResponse,
    private readonly parts: AnswerParts,
    private readonly tell: (written: WrittenAnswer) => void,
  ) {
    this.#watch = new IdleWatch(parts.clock, parts.idleMs, () =>
      this.breakOff(this.#waitsForCaller ? 'caller_stalled' : 'upstream_stalled'),
    );
  }

  start(): void {
    const { response } = this;
    if (response.destroyed) return this.breakOff('caller_gone');
    response.on('drain', this.#onDrain).on('finish', this.#onFinish).on('close', this.#onClose);
    this.#watch.expect();
    this.rest.read(this);
    // A stream of events may begin with a long silence.
    if (this.#bytes === 0 && !this.#isOver && !response.writableEnded) response.flushHeaders();
  }

  onData(chunk: Buffer): boolean {
    if (this.#isOver) return false;
    if (this.#bytes + chunk.length > this.parts.maxBytes) {
      this.breakOff('too_large');
      return false;
    }
    this.#bytes += chunk.length;
    notePassing(chunk.length);
    this.#watch.expect();
    this.#waitsForCaller = !this.response.write(chunk);
    return !this.#waitsForCaller;
  }

  onEnd(trailers: HeaderMap): void {
    if (this.#isOver) return;
    this.#waitsForCaller = true;
    this.#watch.expect();
    // Node leaves them out where there are no chunks that they could follow (RFC 9112 §7.1.2).
    for (const _name in trailers) {
      this.response.addTrailers(permittedTrailers(trailers));
      break;
    }
    this.response.end();
  }

  onError(error: Error): void {
    this.breakOff('upstream_failed', error);
  }

  readonly #onDrain = (): void => {
    this.#watch.expect();
    if (!this.response.writableEnded) {
      this.#waitsForCaller = false;
      this.rest.resume();
    }
  };

  readonly #onFinish = (): void => this.finish('whole');

  readonly #onClose = (): void => this.breakOff('caller_gone');

  private breakOff(end: AnswerEnd, error?: Error): void {
    if (this.#isOver) return;
    this.finish(end, error);
    this.rest.leave(end === 'caller_gone' ? new CallerGone() : new Error(`The answer was given up: ${end}`));
    this.cut();
  }

  /** An HTTP/1.0 caller takes the end of the connection for the end of the answer, unless it is reset. */
  private cut(): void {
    const { req, socket } = this.response;
    if (req.httpVersionMinor === 0 && socket) socket.resetAndDestroy();
    this.response.destroy();
  }

  private finish(end: AnswerEnd, error?: Error): void {
    this.#isOver = true;
    this.#watch.stop();
    this.response.off('drain', this.#onDrain).off('finish', this.#onFinish).off('close', this.#onClose);
    this.tell({ end, bytes: this.#bytes, ...(error && { error }) });
  }
}
