import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { startPassing } from '../../../test/support/passed-answer.ts';

const PIECE = Buffer.alloc(64 * 1024, 'x');

let passing: Awaited<ReturnType<typeof startPassing>>;
beforeAll(async () => {
  passing = await startPassing();
});
afterAll(() => passing.close());

describe('an answer that is passed on', () => {
  it('has its head and each piece on the way at once', async () => {
    const { answer, rest, end } = await passing.begin();
    for (const event of ['data: one\n\n', 'data: two\n\n']) {
      rest.push(Buffer.from(event));
      expect(String(await new Promise((resolve) => answer.once('data', resolve)))).toBe(event);
    }
    rest.end({});
    answer.resume();
    expect(await end).toEqual({ end: 'whole', bytes: 22 });
  });

  it('comes as fast as the caller takes it, with what may come after it', async () => {
    const { answer, rest, end, calls, isLeftAlone } = await passing.begin();
    for (let count = 0; count < 300; count += 1) rest.push(PIECE);
    expect(calls.at(-1)).toBe('pause');
    const resumes = (): number => calls.filter((call) => call === 'resume').length;
    const before = resumes();
    let length = 0;
    answer.on('data', (chunk: Buffer) => (length += chunk.length));
    await eventually(() => expect(resumes()).toBeGreaterThan(before));
    rest.end({ 'x-checksum': 'abc', 'set-cookie': 'no=1' });
    expect(await end).toEqual({ end: 'whole', bytes: 300 * PIECE.length });
    await eventually(() => expect(answer.complete).toBe(true));
    expect([length, answer.trailers]).toEqual([300 * PIECE.length, { 'x-checksum': 'abc' }]);
    isLeftAlone();
  });

  it('may have come already, and has no trailers for a caller that cannot have any', async () => {
    const passed = passing.next({
      prepare: (rest) => {
        rest.push(Buffer.from('all '));
        rest.push(Buffer.from('of it'));
        rest.end({ 'x-checksum': 'abc' });
      },
    });
    const socket = passing.openRaw('1.0').resume();
    expect(await text(socket)).toMatch(/\r\n\r\nall of it$/);
    const { end, isLeftAlone } = await passed;
    expect(await end).toEqual({ end: 'whole', bytes: 9 });
    isLeftAlone();
  });

  it('may take as long as it likes, as long as there is progress', async () => {
    const { answer, rest, end, clock } = await passing.begin();
    answer.resume();
    for (let count = 0; count < 100; count += 1) {
      await clock.advance(900);
      rest.push(Buffer.from('.'));
    }
    expect(clock.pending).toBe(1);
    rest.end({});
    expect(await end).toEqual({ end: 'whole', bytes: 100 });
  });
});
