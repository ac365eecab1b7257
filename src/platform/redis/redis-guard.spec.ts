import { describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { guardConnection, silence } from '../../../test/support/guarded-connection.ts';
import type { Patience } from './patience.ts';

const open = (own: Partial<Patience> = {}) =>
  guardConnection({
    limitMs: 25,
    maxFailures: 3,
    longestPauseMs: 5_000,
    waitsForConnection: false,
    lostMessage: 'lost',
    backMessage: 'back',
    ...own,
  });

const yes = Promise.resolve('yes');
const YES = { value: 'yes' };

describe('RedisGuard', () => {
  it('passes on what Redis says, makes any error no answer, and leaves no timer', async () => {
    const { ask, clock } = open();
    const answers = [ask(yes), ask(Promise.resolve(null)), ask(Promise.reject(new Error('WRONGTYPE')))];
    expect(await Promise.all(answers)).toEqual([YES, { value: null }, undefined]);
    expect(clock.pending).toBe(0);
  });

  it('waits until its limit and no longer, and says what came later', async () => {
    const { ask, clock, late } = open();
    let arrive: (answer: string) => void = () => undefined;
    let answered: unknown = 'waiting';
    void ask(new Promise((resolve) => (arrive = resolve))).then((answer) => (answered = answer));
    await elapse(clock, 24);
    expect(answered).toBe('waiting');
    await elapse(clock, 1);
    expect([answered, late]).toEqual([undefined, []]);
    arrive('at last');
    await elapse(clock, 0);
    expect([answered, late]).toEqual([undefined, ['at last']]);
  });

  it('reads what has arrived before it gives up: when we are slow, that does not make Redis slow', async () => {
    const { ask, clock, late } = open();
    let arrive: (answer: string) => void = () => undefined;
    const answer = ask(new Promise((resolve) => (arrive = resolve)));
    const over = clock.advance(25);
    arrive('just so');
    await over;
    expect([await answer, late]).toEqual([{ value: 'just so' }, []]);
  });

  it('asks nothing for a second after that many questions in a row without an answer', async () => {
    const { ask, beSilent, clock, asked } = open();
    await beSilent(2);
    await ask(yes);
    await beSilent(3);
    await elapse(clock, 999);
    expect([await ask(yes), asked()]).toEqual([undefined, 6]);
    await elapse(clock, 1);
    expect([await ask(yes), asked()]).toEqual([YES, 7]);
  });

  it('pauses no longer for what was asked before the pause', async () => {
    const { ask, beSilent, clock, guard, asked } = open();
    const early = Array.from({ length: 100 }, () => ask(silence()));
    await elapse(clock, 15);
    early.push(ask(silence()));
    await elapse(clock, 25);
    expect([await Promise.all(early), guard.pauseLeftMs]).toEqual([expect.anything(), 985]);
    await elapse(clock, 985);
    await beSilent(1);
    expect([asked(), guard.pauseLeftMs]).toEqual([102, 2_000]);
  });

  it('then asks one question, and everybody else goes without', async () => {
    const { ask, beSilent, clock } = open();
    await beSilent(3);
    await elapse(clock, 1_000);
    const [probe, other] = [ask(yes), ask(yes)];
    expect([await other, await probe, await ask(yes)]).toEqual([undefined, YES, YES]);
  });

  it('stops for twice as long each time, up to the longest, and for one again when all was well', async () => {
    const { ask, beSilent, pauses, clock, guard } = open();
    await beSilent(3);
    expect(await pauses(5)).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
    await elapse(clock, 5_000);
    await ask(yes);
    await beSilent(3);
    expect(guard.pauseLeftMs).toBe(1_000);
  });

  it('asks nothing of a connection that is not there', async () => {
    const { ask, connection, asked } = open();
    connection.status = 'reconnecting';
    expect([await ask(yes), asked()]).toEqual([undefined, 0]);
  });

  it('asks at once, but one question first, when Redis is connected anew', async () => {
    const { ask, beSilent, connection, logged } = open();
    await beSilent(3);
    connection.emit('ready');
    expect(logged()).toEqual([['warn', 'lost']]);
    expect(await Promise.all([ask(yes), ask(yes)])).toEqual([YES, undefined]);
  });

  it('says once that Redis is gone, and once that it is back', async () => {
    const { ask, beSilent, clock, connection, logged } = open();
    await beSilent(3);
    connection.emit('reconnecting');
    connection.emit('reconnecting');
    await elapse(clock, 1_000);
    await beSilent(1);
    expect(logged()).toEqual([['warn', 'lost']]);
    await elapse(clock, 2_000);
    await ask(yes);
    await ask(yes);
    expect(logged().slice(1)).toEqual([['info', 'back']]);
  });

  it('says why, without anything that is secret', () => {
    const { connection, lines } = open();
    const command = { name: 'auth', args: ['hunter2'] };
    connection.emit('error', Object.assign(new Error('WRONGPASS redis://ada:hunter2@x'), { command }));
    connection.emit('reconnecting');
    expect(lines.join('')).toContain('WRONGPASS');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('says what became of the last question', async () => {
    const { ask, beSilent, lines } = open();
    await beSilent(2);
    await ask(Promise.reject(new Error('OOM')));
    expect(lines.join('')).toContain('"reason":"OOM"');
  });

  it('says the code of an error that has no message', () => {
    const { connection, lines } = open();
    connection.emit('error', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }));
    connection.emit('reconnecting');
    expect(lines.join('')).toContain('ECONNREFUSED');
  });
});
