import { describe, expect, it } from '@jest/globals';
import { buildServers, count, seeded } from '../../../test/support/balancing.ts';
import { toCandidates } from './candidates.ts';
import type { ServerState } from './server-state.ts';
import { weighted } from './weighted.ts';

const turns = (servers: readonly ServerState[], times: number): string[] => {
  const method = weighted();
  const candidates = toCandidates(servers);
  return Array.from({ length: times }, () => method.choose(candidates, {}).endpoint.id);
};

describe('weighted', () => {
  it('spreads the turns of each', () => {
    expect(turns(buildServers('a*5 b c'), 7).join('')).toBe('aabacaa');
    expect(turns(buildServers('a b*2 c*3'), 6).join('')).toBe('cbacbc');
  });

  it.each([
    ['a', { a: 600 }],
    ['a b c', { a: 200, b: 200, c: 200 }],
    ['a b*2 c*3', { a: 100, b: 200, c: 300 }],
    ['a*0.5 b', { a: 200, b: 400 }],
    ['a*1000 b*200', { a: 500, b: 100 }],
  ])('gives %s exactly their shares', (text, shares) => {
    expect(count(turns(buildServers(text), 600))).toEqual(shares);
  });

  it('never lets credit grow beyond the total of the shares, whatever they are', () => {
    const random = seeded();
    for (let trial = 0; trial < 200; trial += 1) {
      const servers = buildServers('a b c d e');
      for (const server of servers) server.share = 0.1 + random() ** 4 * 1_000;
      const { total } = toCandidates(servers);
      turns(servers, 500);
      expect(Math.max(...servers.map(({ credit }) => Math.abs(credit)))).toBeLessThan(total);
    }
  });

  it('does not starve anybody for what was owed when there were others, or other weights', () => {
    const servers = buildServers('a*1000 b c');
    turns(servers, 501);
    expect(count(turns(servers.slice(1), 12))).toEqual({ b: expect.closeTo(6, -0.7), c: expect.closeTo(6, -0.7) });
  });

  it('keeps to the shares although the candidates change all the time', () => {
    const random = seeded();
    const servers = buildServers('a b*2 c*3');
    const due = new Map(servers.map(({ endpoint }) => [endpoint.id, 0]));
    const taken = Array.from({ length: 6_000 }, () => {
      const some = servers.filter(() => random() < 0.7);
      const candidates = toCandidates(some.length > 0 ? some : servers);
      for (const { endpoint, share } of candidates.servers) {
        due.set(endpoint.id, due.get(endpoint.id)! + share / candidates.total);
      }
      return weighted().choose(candidates, {}).endpoint.id;
    });
    const counts = count(taken);
    for (const [id, times] of due) expect(Math.abs(counts[id]! - times) / taken.length).toBeLessThan(0.02);
  });
});
