import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { captureLog } from '../../../test/support/captured-log.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RedisGuard } from './redis-guard.ts';
import { VaultUnavailable } from './vault.ts';

/** The guard of a connection that does what the test says. */
const open = () => {
  const clock = new FakeClock();
  const { log, lines } = captureLog();
  const connection = Object.assign(new EventEmitter(), { status: 'ready' });
  const guard = new RedisGuard(connection as unknown as Redis, clock, log);
  let asked = 0;
  const late: unknown[] = [];
  /** What comes of it, and when. */
  const ask = (answer: Promise<unknown>): Promise<unknown> =>
    guard
      .ask(
        () => ((asked += 1), answer),
        (value) => late.push(value),
      )
      .catch((error: unknown) => (error instanceof VaultUnavailable ? `unavailable at ${clock.now()}` : error));
  const silence = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const answer = ask(new Promise(() => undefined));
      await elapse(clock, 250);
      await answer;
    }
  };
  const logged = () => lines.map((line) => (JSON.parse(line) as { level: string }).level);
  return { clock, connection, ask, silence, late, lines, logged, asked: () => asked };
};

const yes = Promise.resolve('yes');

describe("the guard of the vault's Redis", () => {
  it('passes on what Redis says, makes any error one that says nothing, and leaves no timer', async () => {
    const { ask, clock } = open();
    const asked = [ask(yes), ask(Promise.resolve(null)), ask(Promise.reject(new Error('OOM')))];
    expect(await Promise.all(asked)).toEqual(['yes', null, 'unavailable at 0']);
    expect(clock.pending).toBe(0);
  });

  it('waits 250 ms for an answer, and says what came later', async () => {
    const { ask, clock, late } = open();
    let arrive: (answer: string) => void = () => undefined;
    const answer = ask(new Promise((resolve) => (arrive = resolve)));
    await elapse(clock, 400);
    expect([await answer, late]).toEqual(['unavailable at 250', []]);
    arrive('at last');
    await elapse(clock, 0);
    expect(late).toEqual(['at last']);
  });

  it('reads what has arrived before it gives up: when we are slow, that does not make Redis slow', async () => {
    const { ask, clock, late } = open();
    let arrive: (answer: string) => void = () => undefined;
    const answer = ask(new Promise((resolve) => (arrive = resolve)));
    const over = clock.advance(250);
    arrive('just so');
    await over;
    expect([await answer, late]).toEqual(['just so', []]);
  });

  it('waits as long for a connection, and then never asks', async () => {
    const { ask, clock, connection, asked } = open();
    connection.status = 'reconnecting';
    const [early, later] = [ask(yes), elapse(clock, 100).then(() => ask(yes))];
    await elapse(clock, 250);
    expect([await early, asked()]).toEqual(['unavailable at 250', 0]);
    connection.status = 'ready';
    connection.emit('ready');
    expect([await later, asked(), clock.pending]).toEqual(['yes', 1, 0]);
  });

  it('does not wait for a connection that was closed', async () => {
    const { ask, connection, asked, clock } = open();
    connection.status = 'end';
    expect([await ask(yes), asked(), clock.pending]).toEqual(['unavailable at 0', 0, 0]);
  });

  it('asks nothing for a second after three failures in a row', async () => {
    const { ask, silence, clock, asked } = open();
    await silence(2);
    await ask(yes);
    await silence(3);
    await elapse(clock, 999);
    expect([await ask(yes), asked()]).toEqual(['unavailable at 2249', 6]);
    await elapse(clock, 1);
    expect([await ask(yes), asked()]).toEqual(['yes', 7]);
  });

  it('pauses no longer for what was asked before the pause', async () => {
    const { ask, clock } = open();
    const asked = [1, 2, 3].map(() => ask(new Promise(() => undefined)));
    await elapse(clock, 240);
    asked.push(ask(new Promise(() => undefined)));
    await elapse(clock, 1_009);
    expect([await ask(yes), await Promise.all(asked)]).toEqual(['unavailable at 1249', expect.anything()]);
    await elapse(clock, 1);
    expect(await ask(yes)).toBe('yes');
  });

  it('then asks one question, and the others fail at once; every second again until one is answered', async () => {
    const { ask, silence, clock, asked } = open();
    await silence(3);
    for (let time = 0; time < 3; time += 1) {
      await elapse(clock, 1_000);
      const askedBefore = asked();
      await Promise.all([silence(1), expect(ask(yes)).resolves.toMatch('unavailable')]);
      expect(asked()).toBe(askedBefore + 1);
    }
    await elapse(clock, 1_000);
    const [probe, other] = [ask(yes), ask(yes)];
    expect([await other, await probe, await ask(yes)]).toEqual([expect.stringMatching('unavailable'), 'yes', 'yes']);
  });

  it('asks at once, and everybody, when Redis is connected anew', async () => {
    const { ask, silence, connection } = open();
    await silence(3);
    connection.emit('ready');
    expect(await Promise.all([ask(yes), ask(yes)])).toEqual(['yes', 'yes']);
  });

  it('says once that Redis is gone, and once that it is back', async () => {
    const { ask, silence, clock, connection, logged } = open();
    connection.emit('ready');
    await silence(3);
    connection.emit('reconnecting');
    await elapse(clock, 1_000);
    await silence(1);
    expect(logged()).toEqual(['warn']);
    await elapse(clock, 1_000);
    await ask(yes);
    connection.emit('ready');
    expect(logged()).toEqual(['warn', 'info']);
  });

  it('says why, without anything that is secret', () => {
    const { connection, lines } = open();
    const command = { name: 'set', args: ['hunter2'] };
    connection.emit('error', Object.assign(new Error('WRONGPASS redis://ada:hunter2@x'), { command }));
    connection.emit('reconnecting');
    expect(lines.join('')).toContain('WRONGPASS');
    expect(lines.join('')).not.toContain('hunter2');
  });
});
