import type { ServerResponse } from 'node:http';

/** Who takes nothing for so long is dropped: others may want the place. */
export const STALLED_AFTER_MS = 60_000;

const EXPIRED = Buffer.from('event: expired\ndata: {"reason":"the login has ended"}\n\n');

interface StreamParts {
  readonly response: ServerResponse;
  /** By the wall clock in ms; `Infinity` for who brings no login. */
  readonly expiresAt: number;
}

/** One who looks at the console. A snapshot that cannot be taken at once is left out: the next one says more. */
export class ConsoleStream {
  /** When something was written last; undefined while nothing was but the head. */
  #takenAt: number | undefined;

  constructor(private readonly parts: StreamParts) {}

  /** To be called with each snapshot. @param now on the monotonic scale, beside `wallTime`, both in ms */
  give(frame: Buffer, { now, wallTime }: { readonly now: number; readonly wallTime: number }): void {
    const { response, expiresAt } = this.parts;
    if (wallTime >= expiresAt) return this.end(EXPIRED);
    // What was written before waits still, be it in part.
    const isBusy = this.#takenAt !== undefined && response.writableLength > 0;
    if (!isBusy) {
      this.#takenAt = now;
      response.write(frame);
    } else if (now - this.#takenAt! >= STALLED_AFTER_MS) response.destroy();
  }

  /** @param lastWords heard if the other end takes them */
  end(lastWords?: Buffer): void {
    const { response } = this.parts;
    if (response.writableLength > 0) response.destroy();
    else response.end(lastWords);
  }
}
