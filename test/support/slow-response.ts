import { EventEmitter } from 'node:events';
import { EventSourceParser } from './event-source-parser.ts';

/** What of an answer matters here; whoever reads it takes nothing, or all. */
export class SlowResponse extends EventEmitter {
  readonly parser = new EventSourceParser();
  readonly #waiting: (Buffer | string)[] = [];
  isEnded = false;
  destroyed = false;

  get writableLength(): number {
    return this.#waiting.reduce((bytes, chunk) => bytes + Buffer.byteLength(chunk), 0);
  }

  get writableNeedDrain(): boolean {
    return this.writableLength > 16_384;
  }

  write(chunk: Buffer | string): void {
    this.#waiting.push(chunk);
  }

  end(chunk?: Buffer): void {
    if (chunk) this.write(chunk);
    this.isEnded = true;
  }

  destroy(): void {
    this.destroyed = true;
  }

  /** All that waits is read. */
  read(): void {
    for (const chunk of this.#waiting.splice(0)) this.parser.push(String(chunk));
    if (!this.isEnded) this.emit('drain');
  }
}
