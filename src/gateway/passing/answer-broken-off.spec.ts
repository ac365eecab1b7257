import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settled } from '../../../test/support/fake-clock.ts';
import { startPassing } from '../../../test/support/passed-answer.ts';
import { ReplyStream } from '../../outbound/index.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { writeBody } from './answer-writer.ts';

const PIECE = Buffer.alloc(64 * 1024, 'x');

let passing: Awaited<ReturnType<typeof startPassing>>;
beforeAll(async () => {
  passing = await startPassing();
});
afterAll(() => passing.close());

const endOf = (answer: IncomingMessage): Promise<string> => text(answer).catch(() => 'broken off');

describe('an answer that is passed on', () => {
  it('breaks off when the upstream does', async () => {
    const { answer, rest, end, isLeftAlone } = await passing.begin();
    rest.push(Buffer.from('half'));
    const error = new Error('reset');
    rest.fail(error);
    expect(await end).toEqual({ end: 'upstream_failed', bytes: 4, error });
    expect(await endOf(answer)).toBe('broken off');
    isLeftAlone();
  });

  it('breaks off for HTTP/1.0 with a reset: the end of the connection would be the end of the answer', async () => {
    const passed = passing.next();
    const socket = passing.openRaw('1.0').resume();
    const failed = new Promise((resolve) => socket.once('error', resolve).once('end', resolve));
    const { rest, end } = await passed;
    rest.push(Buffer.from('half'));
    await settled();
    rest.fail(new Error('reset'));
    expect(await failed).toMatchObject({ code: 'ECONNRESET' });
    await end;
  });

  it('frees the upstream when the caller leaves', async () => {
    const { answer, rest, end, calls, isLeftAlone } = await passing.begin();
    rest.push(PIECE);
    answer.destroy();
    expect(await end).toEqual({ end: 'caller_gone', bytes: PIECE.length });
    expect(calls.at(-1)).toBeInstanceOf(CallerGone);
    isLeftAlone();
  });

  it('frees the upstream when the caller has left already', async () => {
    const { response, clock } = await passing.begin();
    response.destroy();
    const reasons: Error[] = [];
    const rest = new ReplyStream({ pause: () => 0, resume: () => 0, abort: (reason) => reasons.push(reason) });
    rest.push(PIECE);
    const written = await writeBody(rest, response, { idleMs: 1_000, clock, maxBytes: 1 });
    expect([written.end, reasons]).toEqual(['caller_gone', [expect.any(CallerGone)]]);
  });

  it('ends when nothing arrives for too long', async () => {
    const { answer, rest, response, end, calls, clock, isLeftAlone } = await passing.begin();
    await clock.advance(999);
    rest.push(Buffer.from('late'));
    await clock.advance(999);
    expect(response.destroyed).toBe(false);
    await clock.advance(1);
    expect(await end).toEqual({ end: 'upstream_stalled', bytes: 4 });
    expect([await endOf(answer), calls.at(-1)]).toEqual(['broken off', expect.any(Error)]);
    isLeftAlone();
  });

  it.each(['while more comes', 'at its end'])('ends when the caller takes nothing for too long, %s', async (when) => {
    const passed = passing.next();
    const socket = passing.openRaw('1.1');
    const { rest, response, end, clock, isLeftAlone } = await passed;
    // More than all buffers on the way hold.
    for (let count = 0; count < 300; count += 1) {
      if (when === 'at its end') response.write(PIECE);
      else rest.push(PIECE);
    }
    if (when === 'at its end') rest.end({});
    await settled();
    await clock.advance(1_000);
    expect(await end).toMatchObject({ end: 'caller_stalled' });
    isLeftAlone();
    socket.destroy();
  });

  it('ends when there is too much of it', async () => {
    const { answer, rest, end, calls, isLeftAlone } = await passing.begin({ maxBytes: 5 });
    for (const piece of ['12345', '6', '7']) rest.push(Buffer.from(piece));
    expect(await end).toEqual({ end: 'too_large', bytes: 5 });
    expect(await endOf(answer)).toBe('broken off');
    expect(calls.filter((call) => call instanceof Error)).toHaveLength(1);
    isLeftAlone();
  });
});
