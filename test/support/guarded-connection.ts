import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import type { Patience } from '../../src/platform/redis/patience.ts';
import { RedisGuard } from '../../src/platform/redis/redis-guard.ts';
import { captureLog } from './captured-log.ts';
import { elapse } from './elapse.ts';
import { FakeClock } from './fake-clock.ts';

/** What is not answered. */
export const silence = (): Promise<never> => new Promise(() => undefined);

/** The guard of a connection that does what the test says. */
export const guardConnection = (patience: Patience) => {
  const clock = new FakeClock();
  const { log, lines } = captureLog();
  const connection = Object.assign(new EventEmitter(), { status: 'ready' });
  const guard = new RedisGuard(connection as unknown as Redis, clock, log, patience);
  let asked = 0;
  const late: unknown[] = [];
  const ask = (answer: Promise<unknown>) =>
    guard.ask(
      () => ((asked += 1), answer),
      (value) => late.push(value),
    );
  /** Asks, and waits in vain. */
  const beSilent = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const answer = ask(silence());
      await elapse(clock, patience.limitMs);
      await answer;
    }
  };
  /** How long Redis is left alone from now on, each time, when it never answers. */
  const pauses = async (times: number): Promise<number[]> => {
    const pauses: number[] = [];
    for (let time = 0; time < times; time += 1) {
      pauses.push(guard.pauseLeftMs);
      await elapse(clock, guard.pauseLeftMs);
      await beSilent(1);
    }
    return pauses;
  };
  const logged = () =>
    lines.map((line) => JSON.parse(line) as { level: string; msg: string }).map(({ level, msg }) => [level, msg]);
  return { clock, connection, guard, ask, beSilent, pauses, late, lines, logged, asked: () => asked };
};
