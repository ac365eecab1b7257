import { describe, expect, it } from '@jest/globals';
import { buildServers, count, seeded } from '../../../test/support/balancing.ts';
import { toCandidates } from './candidates.ts';
import { roundRobin } from './round-robin.ts';
import type { ServerState } from './server-state.ts';

const [A, B, C] = buildServers('a b c') as [ServerState, ServerState, ServerState];

/** Whom it chooses when only these may be chosen, one set after the other. */
const choices = (...sets: (readonly ServerState[])[]): string => {
  const method = roundRobin();
  return sets.map((servers) => method.choose(toCandidates(servers), {}).endpoint.id).join('');
};

const times = (number: number, servers: readonly ServerState[]): (readonly ServerState[])[] =>
  Array.from({ length: number }, () => servers);

describe('roundRobin', () => {
  it('goes round', () => {
    expect(choices(...times(7, [A, B, C]))).toBe('abcabca');
    expect(choices(...times(3, [B]))).toBe('bbb');
  });

  it('goes on where it was when one may not be chosen any more, or again', () => {
    expect(choices([A, B, C], [A, C], [A, C], [A, B, C])).toBe('acab');
    expect(choices([A, B, C], [A, B, C], [A, C], [A, B, C])).toBe('abca');
    expect(choices([A, B], [A, B], [A, B, C], [A, B, C])).toBe('abca');
    expect(choices([A, B, C], [B, C], [A, B, C], [A, B])).toBe('abca');
  });

  it('gives those that can always be chosen no less than their share while others come and go', () => {
    const random = seeded();
    const method = roundRobin();
    const ids = Array.from({ length: 9_000 }, () => {
      const servers = random() < 0.5 ? [A, B, C] : [A, C];
      return method.choose(toCandidates(servers), {}).endpoint.id;
    });
    const { a = 0, b = 0, c = 0 } = count(ids);
    expect(Math.abs(a - c) / ids.length).toBeLessThan(0.02);
    expect(b).toBeGreaterThan(ids.length / 6);
  });

  it('goes by the shares while one has less', () => {
    const servers = buildServers('a b c');
    servers[1]!.share = 0.5;
    const method = roundRobin();
    const ids = Array.from({ length: 100 }, () => method.choose(toCandidates(servers), {}).endpoint.id);
    expect(count(ids)).toEqual({ a: 40, b: 20, c: 40 });
  });

  it('goes round again when all shares are the same again', () => {
    const servers = buildServers('a b c');
    const method = roundRobin();
    servers[1]!.share = 0.5;
    for (let choice = 0; choice < 7; choice += 1) method.choose(toCandidates(servers), {});
    servers[1]!.share = 1;
    const ids = Array.from({ length: 9 }, () => method.choose(toCandidates(servers), {}).endpoint.id);
    expect(count(ids)).toEqual({ a: 3, b: 3, c: 3 });
    expect(ids.slice(0, 3)).toEqual(ids.slice(3, 6));
  });
});
