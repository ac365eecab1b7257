import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { toEntryOfHead } from '../cache/entry-of-head.ts';
import type { HeaderMap } from './header-map.ts';
import { ReplyHandler, type Controller } from './reply-handler.ts';
import { ReplyStream } from './reply-stream.ts';

const NOTHING = Buffer.alloc(0);

/**
 * Hands an answer on as soon as its head is there, with what of its body came in the same breath: small answers are whole.
 * Only one that the cache may keep is gathered, as long as it is not too large for that.
 */
export class StreamedReply extends ReplyHandler {
  #chunks: Buffer[] = [];
  #length = 0;
  /** How much of the body is gathered. */
  #gathers = 0;
  #rest: ReplyStream | undefined;
  #isComplete = false;

  onResponseData(_controller: Controller, chunk: Buffer): void {
    if (this.#rest) return this.#rest.push(chunk);
    this.#length += chunk.length;
    this.#chunks.push(chunk);
    if (this.#length > this.#gathers && this.#gathers > 0) this.handOn();
  }

  onResponseEnd(_controller: Controller, trailers: IncomingHttpHeaders): void {
    if (this.#rest) this.#rest.end(trailers);
    else this.succeed({ ...this.begun(), ...(isEmpty(trailers) ? {} : { trailers }) });
    this.#isComplete = true;
  }

  onRequestUpgrade(_controller: Controller, status: number, headers: IncomingHttpHeaders, tunnel: Duplex): void {
    this.succeed({ status, headers, body: NOTHING, tunnel });
  }

  protected onHead(): void {
    this.#gathers = this.isToBeKept() ? this.call.operation.maxResponseBytes : 0;
    // What has arrived together with the head is taken in before this runs.
    if (this.#gathers === 0) queueMicrotask(() => this.handOn());
  }

  protected override fail(error: Error): void {
    this.#isComplete = true;
    if (this.#rest) this.#rest.fail(error);
    else super.fail(error);
  }

  private isToBeKept(): boolean {
    const { call, status, headers, clock } = this;
    if (call.lookup === undefined || Number(headers['content-length']) > call.operation.maxResponseBytes) return false;
    return toEntryOfHead(call, { status, headers }, clock) !== undefined;
  }

  private handOn(): void {
    if (this.#isComplete || this.#rest) return;
    const { controller } = this;
    this.#rest = new ReplyStream({
      pause: () => controller?.pause(),
      resume: () => controller?.resume(),
      abort: (reason) => controller?.abort(reason),
    });
    controller?.pause();
    this.succeed({ ...this.begun(), rest: this.#rest });
  }

  private begun(): { status: number; headers: HeaderMap; body: Buffer } {
    const [first = NOTHING] = this.#chunks;
    const body = this.#chunks.length < 2 ? first : Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [];
    return { status: this.status, headers: this.headers, body };
  }
}

const isEmpty = (trailers: IncomingHttpHeaders): boolean => {
  for (const _name in trailers) return false;
  return true;
};
