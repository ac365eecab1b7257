import { describe, expect, it } from '@jest/globals';
import { elapse } from '../../../../test/support/elapse.ts';
import { guardConnection, silence } from '../../../../test/support/guarded-connection.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';

describe("the cache's patience with Redis", () => {
  it('ends after 25 ms, and at once while there is no connection', async () => {
    const { ask, clock, connection, asked } = guardConnection(REDIS_PATIENCE);
    let answered: unknown = 'waiting';
    void ask(silence()).then((answer) => (answered = answer));
    await elapse(clock, 24);
    expect(answered).toBe('waiting');
    await elapse(clock, 1);
    connection.status = 'reconnecting';
    expect([answered, await ask(silence()), asked()]).toEqual([undefined, undefined, 1]);
  });

  it('leaves it alone after three failures in a row, for 1 s, doubling to 30 s', async () => {
    const { beSilent, pauses, guard } = guardConnection(REDIS_PATIENCE);
    await beSilent(2);
    expect(guard.pauseLeftMs).toBe(0);
    await beSilent(1);
    expect(await pauses(7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });
});
