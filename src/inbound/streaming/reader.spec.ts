import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { ReaderStalled } from './reader-stalled.ts';
import { Reader } from './reader.ts';

type Done = (error?: Error) => void;

/** The end of a connection of which a test says when it takes what it is given. */
class Response extends EventEmitter {
  destroyed = false;
  readonly given: Buffer[] = [];
  #done: Done | undefined;

  write(bytes: Buffer, done: Done): void {
    this.given.push(bytes);
    this.#done = done;
  }

  end(done: Done): void {
    this.#done = done;
  }

  takeIt(error?: Error): Promise<void> {
    this.#done?.(error);
    return settled();
  }
}

let clock: FakeClock;
let response: Response;
let reader: Reader;
beforeEach(() => {
  clock = new FakeClock();
  response = new Response();
  reader = new Reader(response as unknown as ServerResponse, clock);
});

describe('a reader', () => {
  it('who takes nothing for a minute has stalled', async () => {
    const taken = rejectionOf(reader.take('x'));
    await clock.advance(60_000);
    expect(await taken).toBeInstanceOf(ReaderStalled);
  });

  it('who does not take the end has stalled, too', async () => {
    const ended = rejectionOf(reader.end());
    await clock.advance(60_000);
    expect(await ended).toBeInstanceOf(ReaderStalled);
  });

  it('who takes a large line piece by piece has not', async () => {
    const line = '🦖ü'.repeat(50_000);
    let isTaken = false;
    void reader.take(line).then(() => (isTaken = true));
    for (let pieces = 1; !isTaken; pieces += 1) {
      expect(response.given.length).toBe(pieces);
      await clock.advance(59_999);
      await response.takeIt();
    }
    expect(response.given.every(({ length }) => length <= 65_536)).toBe(true);
    expect(Buffer.concat(response.given).toString()).toBe(line);
  });

  it('who has left before or in between is gone', async () => {
    const taken = rejectionOf(reader.take('x'));
    response.emit('close');
    expect(await taken).toBeInstanceOf(CallerGone);
    response.destroyed = true;
    expect(await rejectionOf(reader.take('x'))).toBeInstanceOf(CallerGone);
    expect(await rejectionOf(reader.end())).toBeInstanceOf(CallerGone);
  });

  it('whose connection fails is gone as well', async () => {
    const taken = rejectionOf(reader.take('x'));
    await response.takeIt(new Error('reset'));
    expect(await taken).toBeInstanceOf(CallerGone);
  });

  it('leaves neither timers nor listeners', async () => {
    for (let count = 0; count < 20; count += 1) {
      const taken = reader.take('x');
      await response.takeIt();
      await taken;
    }
    expect([clock.pending, response.listenerCount('close')]).toEqual([0, 0]);
  });
});
