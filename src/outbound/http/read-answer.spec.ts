import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { readAnswer } from './read-answer.ts';

const REPLY = { ...buildReply(), cache: { ttlMs: 1 } };

describe('readAnswer', () => {
  it('adds what the caller makes of the answer, and leaves the rest', async () => {
    const read = (reply: unknown): unknown => ({ made: reply === REPLY });
    expect(await readAnswer()(scripted(REPLY).send)(buildCall({ read }))).toEqual({ ...REPLY, value: { made: true } });
  });

  it.each([
    ['a promise', Promise.resolve('made')],
    ['one of another make', { then: (resolve: (value: string) => void) => resolve('made') }],
  ])('waits for it: %s', async (_what, value) => {
    const reply = await readAnswer()(scripted(REPLY).send)(buildCall({ read: () => value }));
    expect(reply.value).toBe('made');
  });

  it('leaves an answer alone that nobody reads', async () => {
    expect(await readAnswer()(scripted(REPLY).send)(buildCall())).toBe(REPLY);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw failure({ reason: 'broken' });
      },
    ],
    ['rejects', () => Promise.reject(failure({ reason: 'broken' }))],
  ])('fails as reading does, when that %s', async (_how, read) => {
    const ended = rejectionOf(readAnswer()(scripted(REPLY).send)(buildCall({ read })));
    expect(await ended).toMatchObject({ reason: 'broken' });
  });

  it('reads nothing of a failed call', async () => {
    const error = failure();
    const read = (): never => {
      throw new Error('read');
    };
    expect(await rejectionOf(readAnswer()(scripted(error).send)(buildCall({ read })))).toBe(error);
  });
});
