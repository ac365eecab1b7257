import { describe, expect, it } from '@jest/globals';
import { elapse } from '../../../test/support/elapse.ts';
import { guardConnection } from '../../../test/support/guarded-connection.ts';

const open = () =>
  guardConnection({
    limitMs: 250,
    maxFailures: 3,
    longestPauseMs: 1_000,
    waitsForConnection: true,
    lostMessage: 'lost',
    backMessage: 'back',
  });

const yes = Promise.resolve('yes');
const YES = { value: 'yes' };

describe('a RedisGuard that waits for a connection', () => {
  it.each(['connecting', 'reconnecting'])('waits as long for one that is %s, and then never asks', async (status) => {
    const { ask, clock, connection, asked, late } = open();
    connection.status = status;
    const [early, later] = [ask(yes), elapse(clock, 100).then(() => ask(yes))];
    await elapse(clock, 250);
    expect([await early, asked()]).toEqual([undefined, 0]);
    connection.status = 'ready';
    connection.emit('ready');
    expect([await later, asked(), late, clock.pending]).toEqual([YES, 1, [], 0]);
  });

  it('asks once what waited, however often Redis is connected', async () => {
    const { ask, connection, asked } = open();
    connection.status = 'connecting';
    const answers = [ask(yes), ask(yes)];
    connection.status = 'ready';
    connection.emit('ready');
    connection.emit('ready');
    expect([await Promise.all(answers), asked()]).toEqual([[YES, YES], 2]);
  });

  it('does not wait for one that was closed', async () => {
    const { ask, connection, asked, clock } = open();
    connection.status = 'end';
    expect([await ask(yes), asked(), clock.pending]).toEqual([undefined, 0, 0]);
  });

  it('asks one question after each pause until one is answered, and the others go without at once', async () => {
    const { ask, beSilent, clock, asked } = open();
    await beSilent(3);
    for (let time = 0; time < 3; time += 1) {
      await elapse(clock, 1_000);
      const askedBefore = asked();
      await Promise.all([beSilent(1), expect(ask(yes)).resolves.toBeUndefined()]);
      expect(asked()).toBe(askedBefore + 1);
    }
    await elapse(clock, 1_000);
    const [probe, other] = [ask(yes), ask(yes)];
    expect([await other, await probe, await ask(yes)]).toEqual([undefined, YES, YES]);
  });

  it('asks at once, and everybody, when Redis is connected anew', async () => {
    const { ask, beSilent, connection } = open();
    await beSilent(3);
    connection.emit('ready');
    expect(await Promise.all([ask(yes), ask(yes)])).toEqual([YES, YES]);
  });

  it('says that Redis is back as soon as it is connected, and once', async () => {
    const { ask, beSilent, connection, logged } = open();
    connection.emit('ready');
    await beSilent(3);
    connection.emit('reconnecting');
    connection.emit('ready');
    await ask(yes);
    connection.emit('ready');
    expect(logged()).toEqual([
      ['warn', 'lost'],
      ['info', 'back'],
    ]);
  });
});
