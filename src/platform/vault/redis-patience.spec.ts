import { describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { guardConnection, silence } from '../../../test/support/guarded-connection.ts';
import { REDIS_PATIENCE } from './redis-patience.ts';

describe("the vault's patience with Redis", () => {
  it.each(['ready', 'reconnecting'])('ends after 250 ms, when the connection is %s', async (status) => {
    const { ask, clock, connection } = guardConnection(REDIS_PATIENCE);
    connection.status = status;
    let answered: unknown = 'waiting';
    void ask(silence()).then((answer) => (answered = answer));
    await elapse(clock, 249);
    expect(answered).toBe('waiting');
    await elapse(clock, 1);
    expect(answered).toBeUndefined();
  });

  it('leaves it alone after three failures in a row, for 1 s each time', async () => {
    const { beSilent, pauses, guard } = guardConnection(REDIS_PATIENCE);
    await beSilent(2);
    expect(guard.pauseLeftMs).toBe(0);
    await beSilent(1);
    expect(await pauses(3)).toEqual([1_000, 1_000, 1_000]);
  });
});
