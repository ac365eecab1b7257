import { ReplyHandler, type Controller } from './reply-handler.ts';

/** Gathers one answer, at most as large as it may be; settles when it is whole, broken or not wanted any more. */
export class ReplyCollector extends ReplyHandler {
  #chunks: Buffer[] = [];
  #length = 0;

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.maxBytes) return this.refuseSize(controller);
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#length);
    this.succeed({ status: this.status, headers: this.headers, body });
  }

  protected onHead(controller: Controller): void {
    if (Number(this.headers['content-length']) > this.maxBytes && this.call.method !== 'HEAD')
      this.refuseSize(controller);
  }

  private get maxBytes(): number {
    return this.call.operation.maxResponseBytes;
  }

  private refuseSize(controller: Controller): void {
    // Of an error, the status is enough.
    if (this.status >= 400) this.succeed({ status: this.status, headers: this.headers, body: Buffer.alloc(0) });
    const reason = `the answer is larger than ${this.maxBytes} bytes`;
    controller.abort(this.failure({ code: 'upstream_invalid_answer', transient: false }, reason));
  }
}
