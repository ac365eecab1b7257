import { describe, expect, it } from '@jest/globals';
import { buildServers, count } from '../../../test/support/balancing.ts';
import { toCandidates } from './candidates.ts';
import { consistentHash } from './consistent-hash.ts';
import type { ServerState } from './server-state.ts';

const KEYS = Array.from({ length: 8_000 }, (_, key) => `/items/${key}`);
const TEN = 'a b c d e f g h i j';

/** Where each key goes when of `all` only these may be chosen. */
const owners = (all: readonly ServerState[], allowed = all): string[] => {
  const method = consistentHash();
  method.prepare!(all);
  const candidates = toCandidates(allowed);
  return KEYS.map((affinity) => method.choose(candidates, { affinity }).endpoint.id);
};

const moved = (before: readonly string[], after: readonly string[]): number =>
  before.filter((owner, key) => owner !== after[key]).length / KEYS.length;

describe('consistentHash', () => {
  it('sends a key to the same server, in whatever order they are listed', () => {
    expect(owners(buildServers('a b c'))).toEqual(owners(buildServers('c a b')));
  });

  it('does so although two of them have a point in the same place', () => {
    // The hashes of `s257#..` and `s366#..` meet at 2,124,809,894.
    expect(owners(buildServers('s257 s366'))).toEqual(owners(buildServers('s366 s257')));
  });

  it('sends calls without affinity to the same server', () => {
    const method = consistentHash();
    const servers = buildServers('a b c');
    method.prepare!(servers);
    expect(method.choose(toCandidates(servers), {})).toBe(method.choose(toCandidates(servers), { affinity: '' }));
  });

  it.each(['a b', 'a b c', TEN])('spreads keys evenly over %s', (text) => {
    const servers = buildServers(text);
    const shares = Object.values(count(owners(servers))).map((keys) => (keys / KEYS.length) * servers.length);
    expect(shares).toHaveLength(servers.length);
    expect(Math.min(...shares)).toBeGreaterThan(0.8);
    expect(Math.max(...shares)).toBeLessThan(1.25);
  });

  it('gives servers with more weight more keys', () => {
    const { a = 0, b = 0, c = 0 } = count(owners(buildServers('a b*2 c*5')));
    expect(a / KEYS.length).toBeCloseTo(1 / 8, 1);
    expect(b / KEYS.length).toBeCloseTo(2 / 8, 1);
    expect(c / KEYS.length).toBeCloseTo(5 / 8, 1);
    expect(count(owners(buildServers('a b*65535')))['b']).toBeGreaterThan(KEYS.length * 0.97);
  });

  it.each([
    ['a b c', 'a b c d', 1 / 4],
    [TEN, `${TEN} k`, 1 / 11],
    ['a*2 b*3 c*3', 'a*2 b*3 c*3 d*2', 2 / 10],
  ])('moves from %s to %s only what the new one gets', (before, after, share) => {
    const was = owners(buildServers(before));
    const is = owners(buildServers(after));
    expect(moved(was, is) / share).toBeGreaterThan(0.8);
    expect(moved(was, is) / share).toBeLessThan(1.25);
    const newOnes = is.filter((owner, key) => owner !== was[key]);
    expect(Object.keys(count(newOnes))).toHaveLength(1);
  });

  it('moves keys only to a server that is given more weight', () => {
    const was = owners(buildServers('a*10 b*10 c*10'));
    const is = owners(buildServers('a*10 b*15 c*10'));
    const movedTo = is.filter((owner, key) => owner !== was[key]);
    expect(Object.keys(count(movedTo))).toEqual(['b']);
    expect(movedTo.length / KEYS.length).toBeLessThan(1.5 * (15 / 35 - 10 / 30));
  });

  it('spreads the keys of one that is out over all others, and moves none but those', () => {
    const servers = buildServers(TEN);
    const was = owners(servers);
    const is = owners(servers, servers.slice(1));
    const itsKeys = KEYS.map((_, key) => key).filter((key) => was[key] === 'a');
    expect(moved(was, is) * KEYS.length).toBe(itsKeys.length);
    expect(Object.keys(count(itsKeys.map((key) => is[key]!)))).toHaveLength(9);
  });

  it.each([0, 1, 2, 3])('sends keys where they would go if the one that is out did not exist (%i)', (out) => {
    const others = 'a b c d'.split(' ').filter((_, place) => place !== out);
    const servers = buildServers('a b c d');
    const left = servers.filter((_, place) => place !== out);
    expect(owners(servers, left)).toEqual(owners(buildServers(others.join(' '))));
  });

  it('spreads keys over servers without weight when there are no others', () => {
    expect(Object.values(count(owners(buildServers('a*0 b*0'))))).toEqual([expect.any(Number), expect.any(Number)]);
  });
});
