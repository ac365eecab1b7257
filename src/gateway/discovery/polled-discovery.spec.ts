import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../outbound/index.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import type { NameServers } from './name-servers.ts';
import { PolledDiscovery } from './polled-discovery.ts';
import type { Ask, Round } from './round.ts';

const server = (id: string): Endpoint => ({ id, origin: 'http://api.test', address: id, weight: 1, priority: 0 });

/** Discovery whose questions are answered when the test does so. */
const discover = (servers: readonly string[] = []) => {
  const clock = new FakeClock();
  const { log, lines } = captureLog();
  const answers: ((round: Round) => void)[] = [];
  const asked: NameServers[] = [];
  const ask: Ask = (dns) => {
    asked.push(dns);
    return new Promise((resolve) => void answers.push(resolve));
  };
  const parts = { name: 'api.test', dns: { servers, refreshMs: 60_000 }, clock, log };
  const discovery = new PolledDiscovery({ ...parts, ask, resolver: new LyingResolver(() => []) });
  const told: string[][] = [];
  let isOpen = false;
  const open = (): void => {
    void discovery.open((endpoints) => told.push(endpoints.map(({ id }) => id))).then(() => (isOpen = true));
  };
  const answer = async (...ids: string[]): Promise<void> => {
    answers.at(-1)?.({ endpoints: ids.map(server), ttlMs: 30_000 });
    await settled();
  };
  return { clock, discovery, asked, answers, told, lines, open, answer, isOpen: () => isOpen };
};

describe('polled discovery', () => {
  it('is open when it has told of servers', async () => {
    const { clock, told, open, answer, isOpen } = discover();
    open();
    await clock.advance(4_999);
    expect(isOpen()).toBe(false);
    await answer('a');
    expect([isOpen(), told, clock.pending]).toEqual([true, [['a']], 1]);
  });

  it('is open after 5 s in any case, and tells later', async () => {
    const { clock, told, open, answer, isOpen } = discover();
    open();
    await clock.advance(5_000);
    expect([isOpen(), told]).toEqual([true, []]);
    await answer('a');
    expect(told).toEqual([['a']]);
  });

  it('never asks while it waits for an answer', async () => {
    const { clock, answers, open, answer } = discover();
    open();
    await answer('a');
    await clock.advance(3_600_000);
    expect(answers).toHaveLength(2);
  });

  it('takes what it is asked to do in vain for no answer, and goes on', async () => {
    const { clock, answers, lines, open, isOpen } = discover(['no address']);
    open();
    await settled();
    expect([isOpen(), answers.length, clock.pending]).toEqual([true, 0, 1]);
    expect(lines[0]).toContain('Invalid IP address: no address');
    await clock.advance(1_000);
    expect([clock.pending, lines.length]).toEqual([1, 2]);
  });

  it('is open when it is closed, and leaves no timer', async () => {
    const { clock, discovery, told, lines, open, answer, isOpen } = discover();
    open();
    discovery.close();
    await settled();
    expect([isOpen(), clock.pending]).toEqual([true, 0]);
    await answer('a');
    expect([told, lines, clock.pending]).toEqual([[], [], 0]);
  });

  it('asks nothing more when it is closed', async () => {
    const { clock, discovery, asked, open, answer } = discover();
    open();
    await answer('a');
    discovery.close();
    expect(clock.pending).toBe(0);
    expect(await asked[0]?.services('_http._tcp.test')).toEqual({ kind: 'failed', reason: 'ECANCELLED' });
  });
});
