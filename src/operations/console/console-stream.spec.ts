import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ConsoleStream } from './console-stream.ts';

const FRAME = Buffer.from('event: snapshot\ndata: {}\n\n');

/** An answer whose reader takes nothing, or all of it. */
class Response extends EventEmitter {
  readonly written: string[] = [];
  writableLength = 0;
  destroyed = false;
  ended = false;

  write(chunk: Buffer): void {
    this.written.push(chunk.toString());
    this.writableLength += chunk.length;
  }

  end(chunk?: Buffer): void {
    if (chunk) this.written.push(chunk.toString());
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

const open = (expiresAt = Infinity) => {
  const response = new Response();
  const stream = new ConsoleStream({ response: response as unknown as ServerResponse, expiresAt });
  const giveAt = (now: number): void => stream.give(FRAME, { now, wallTime: now });
  return { response, stream, giveAt };
};

describe('a stream of snapshots', () => {
  it('keeps one at most for a reader who takes nothing, and goes on with the next', () => {
    const { response, giveAt } = open();
    for (let second = 0; second < 50; second += 1) giveAt(second * 1_000);
    expect([response.written.length, response.destroyed]).toEqual([1, false]);
    response.writableLength = 0;
    giveAt(50_000);
    expect(response.written.length).toBe(2);
  });

  it('breaks off when nothing is taken for a minute, however little of it waits', () => {
    const { response, giveAt } = open();
    giveAt(0);
    response.writableLength = 1;
    giveAt(59_999);
    expect(response.destroyed).toBe(false);
    giveAt(60_000);
    expect(response.destroyed).toBe(true);
  });

  it('has its first at once, behind a head that is on its way', () => {
    const { response, giveAt } = open();
    response.writableLength = 100;
    giveAt(0);
    expect(response.written.length).toBe(1);
  });

  it('ends with the login, and says so to who can hear it', () => {
    const heard = open(5_000);
    heard.giveAt(4_999);
    heard.response.writableLength = 0;
    heard.giveAt(5_000);
    expect([heard.response.written.at(-1), heard.response.ended]).toEqual([
      expect.stringMatching(/^event: expired\n/),
      true,
    ]);
    const deaf = open(5_000);
    deaf.giveAt(1);
    deaf.giveAt(5_000);
    expect([deaf.response.written.length, deaf.response.destroyed]).toEqual([1, true]);
  });
});
