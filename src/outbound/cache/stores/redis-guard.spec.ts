import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { captureLog } from '../../../../test/support/captured-log.ts';
import { elapse } from '../../../../test/support/elapse.ts';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { RedisGuard } from './redis-guard.ts';

/** The guard of a connection that does what the test says. */
const open = () => {
  const clock = new FakeClock();
  const { log, lines } = captureLog();
  const connection = Object.assign(new EventEmitter(), { status: 'ready' });
  const guard = new RedisGuard(connection as unknown as Redis, clock, log);
  let asked = 0;
  const ask = (answer: Promise<unknown>) => guard.ask(() => ((asked += 1), answer));
  const silence = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const answer = ask(new Promise(() => undefined));
      await elapse(clock, 25);
      await answer;
    }
  };
  const logged = () => lines.map((line) => (JSON.parse(line) as { level: string }).level);
  return { clock, connection, guard, ask, silence, lines, logged, asked: () => asked };
};

const yes = Promise.resolve('yes');

describe('RedisGuard', () => {
  it('passes on what Redis says', async () => {
    const { ask, clock } = open();
    expect([await ask(yes), await ask(Promise.resolve(null))]).toEqual([{ value: 'yes' }, { value: null }]);
    expect(clock.pending).toBe(0);
  });

  it('turns an error into no answer', async () => {
    expect(await open().ask(Promise.reject(new Error('WRONGTYPE')))).toBeUndefined();
  });

  it('waits 25 ms for an answer, and no longer', async () => {
    const { ask, clock } = open();
    let answered: unknown = 'waiting';
    void ask(new Promise(() => undefined)).then((answer) => (answered = answer));
    await elapse(clock, 24);
    expect(answered).toBe('waiting');
    await elapse(clock, 1);
    expect(answered).toBeUndefined();
  });

  it('reads what has arrived before it gives up: when we are slow, that does not make Redis slow', async () => {
    const { ask, clock } = open();
    let arrive: (answer: string) => void = () => undefined;
    const answer = ask(new Promise((resolve) => (arrive = resolve)));
    const late = clock.advance(25);
    arrive('just so');
    await late;
    expect(await answer).toEqual({ value: 'just so' });
  });

  it('asks nothing of a connection that is not there', async () => {
    const { ask, connection, asked } = open();
    connection.status = 'reconnecting';
    expect([await ask(yes), asked()]).toEqual([undefined, 0]);
  });

  it('asks nothing for a second after three questions in a row without an answer', async () => {
    const { ask, silence, clock, asked } = open();
    await silence(2);
    await ask(yes);
    await silence(3);
    await elapse(clock, 999);
    expect([await ask(yes), asked()]).toEqual([undefined, 6]);
    await elapse(clock, 1);
    expect([await ask(yes), asked()]).toEqual([{ value: 'yes' }, 7]);
  });

  it('counts questions that were under way together as one reason to stop', async () => {
    const { ask, clock, guard } = open();
    const answers = Array.from({ length: 100 }, () => ask(new Promise(() => undefined)));
    await elapse(clock, 25);
    await Promise.all(answers);
    expect(guard.pauseLeftMs).toBe(1_000);
  });

  it('then asks one question, and everybody else goes without', async () => {
    const { ask, silence, clock } = open();
    await silence(3);
    await elapse(clock, 1_000);
    const [probe, other] = [ask(yes), ask(yes)];
    expect([await other, await probe, await ask(yes)]).toEqual([undefined, { value: 'yes' }, { value: 'yes' }]);
  });

  it('stops for twice as long each time, for 30 s at most, and for one again when all was well', async () => {
    const { ask, silence, clock, guard } = open();
    await silence(3);
    const pauses: number[] = [];
    for (let time = 0; time < 7; time += 1) {
      pauses.push(guard.pauseLeftMs);
      await elapse(clock, guard.pauseLeftMs);
      await silence(1);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    await elapse(clock, 30_000);
    await ask(yes);
    await silence(3);
    expect(guard.pauseLeftMs).toBe(1_000);
  });

  it('asks at once when Redis is connected anew', async () => {
    const { ask, silence, guard } = open();
    await silence(3);
    guard.resume();
    expect(await ask(yes)).toEqual({ value: 'yes' });
  });

  it('says once that Redis is gone, and once that it is back', async () => {
    const { ask, silence, clock, connection, logged } = open();
    await silence(3);
    connection.emit('reconnecting');
    connection.emit('reconnecting');
    await elapse(clock, 1_000);
    await silence(1);
    expect(logged()).toEqual(['warn']);
    await elapse(clock, 2_000);
    await ask(yes);
    await ask(yes);
    expect(logged()).toEqual(['warn', 'info']);
  });

  it('says why, without anything that is secret', () => {
    const { connection, lines } = open();
    const command = { name: 'auth', args: ['hunter2'] };
    connection.emit('error', Object.assign(new Error('WRONGPASS redis://ada:hunter2@x'), { command }));
    connection.emit('reconnecting');
    expect(lines.join('')).toContain('WRONGPASS');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('says the code of an error that has no message', () => {
    const { connection, lines } = open();
    connection.emit('error', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }));
    connection.emit('reconnecting');
    expect(lines.join('')).toContain('ECONNREFUSED');
  });
});
