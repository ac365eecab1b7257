import type { ServerResponse } from 'node:http';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Clock } from '../../platform/clock.ts';
import { ReaderStalled } from './reader-stalled.ts';

/** Who takes nothing for so long is dropped: it holds a page, and a place that others wait for. */
export const STALLED_AFTER_MS = 60_000;

/** Large lines are given in pieces, so that one who takes them slowly is not one who takes nothing. */
const PIECE_BYTES = 65_536;

type Done = (error?: Error | null) => void;

/** The other end of a stream. All fails with `CallerGone` when it has left, and with `ReaderStalled`. */
export class Reader {
  constructor(
    private readonly response: ServerResponse,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the reader has taken all of it, or the operating system on its behalf. */
  async take(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      await this.taken((done) => void this.response.write(bytes.subarray(at, at + PIECE_BYTES), done));
    }
  }

  /** The answer is complete. */
  end(): Promise<void> {
    return this.taken((done) => void this.response.end(done));
  }

  /** The answer is not complete, and the reader can tell. */
  breakOff(): void {
    this.response.destroy();
  }

  private taken(give: (done: Done) => void): Promise<void> {
    const { response, clock } = this;
    return new Promise((resolve, reject) => {
      const settle = (failure?: Error): void => {
        cancel();
        response.off('close', onClose);
        if (failure) reject(failure);
        else resolve();
      };
      const onClose = (): void => settle(new CallerGone());
      const cancel = clock.schedule(() => settle(new ReaderStalled(STALLED_AFTER_MS)), STALLED_AFTER_MS);
      response.once('close', onClose);
      // However a connection fails, nobody is at its other end any more.
      if (response.destroyed) onClose();
      else give((error) => (error ? onClose() : settle()));
    });
  }
}
