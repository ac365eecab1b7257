import type { HeaderMap } from './header-map.ts';

/** Where the bytes come from. */
export interface ReplySource {
  pause(): void;
  resume(): void;
  /** Frees the connection; the stream fails with `reason`. */
  abort(reason: Error): void;
}

/** Where they go. */
export interface ReplySink {
  /** @returns false when it wants no more until it calls `resume` */
  onData(chunk: Buffer): boolean;
  /** All of it has been given. */
  onEnd(trailers: HeaderMap): void;
  /** There is no more, and it was not all. */
  onError(error: Error): void;
}

type Ending = (failure: Error | undefined) => void;

type End = { readonly trailers: HeaderMap } | { readonly error: Error };

/**
 * What follows of an answer whose head is there already. Whoever is handed one reads it or leaves it. What comes before
 * somebody reads it is held back at its source, but for the piece that was on its way.
 */
export class ReplyStream {
  readonly #source: ReplySource;
  readonly #endings: Ending[] = [];
  #held: Buffer[] = [];
  #sink: ReplySink | undefined;
  #end: End | undefined;
  #isOver = false;
  #failure: Error | undefined;

  constructor(source: ReplySource) {
    this.#source = source;
  }

  /** Gives all to `sink`, from now on as it comes. Once. */
  read(sink: ReplySink): void {
    this.#sink = sink;
    let isReady = true;
    for (const chunk of this.#held.splice(0)) isReady = sink.onData(chunk);
    if (this.#end) this.tell(this.#end);
    else if (isReady) this.#source.resume();
  }

  /** The sink wants more. */
  resume(): void {
    this.#source.resume();
  }

  /** Nobody wants the rest. */
  leave(reason: Error): void {
    const isComing = this.#end === undefined && !this.#isOver;
    this.#held = [];
    this.over();
    if (isComing) this.#source.abort(reason);
  }

  /** Runs `task` when nothing more is to come, with what broke it off, if that was its source; at once if it is over already. */
  whenOver(task: Ending): void {
    if (this.#isOver) task(this.#failure);
    else this.#endings.push(task);
  }

  /** For the source: the next piece. */
  push(chunk: Buffer): void {
    if (this.#isOver) return;
    const isReady = this.#sink ? this.#sink.onData(chunk) : this.hold(chunk);
    if (!isReady) this.#source.pause();
  }

  /** For the source: that was all. */
  end(trailers: HeaderMap): void {
    this.finish({ trailers });
  }

  /** For the source: there is no more, and it was not all. */
  fail(error: Error): void {
    this.finish({ error });
  }

  private hold(chunk: Buffer): false {
    this.#held.push(chunk);
    return false;
  }

  private finish(end: End): void {
    if (this.#end !== undefined || this.#isOver) return;
    this.#end = end;
    if (this.#sink) this.tell(end);
  }

  private tell(end: End): void {
    if ('error' in end) {
      this.#failure = end.error;
      this.#sink!.onError(end.error);
    } else {
      this.#sink!.onEnd(end.trailers);
    }
    this.over();
  }

  private over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const task of this.#endings.splice(0)) task(this.#failure);
  }
}
