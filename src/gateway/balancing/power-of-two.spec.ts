import { describe, expect, it } from '@jest/globals';
import { buildServers, count, seeded } from '../../../test/support/balancing.ts';
import { toCandidates } from './candidates.ts';
import { powerOfTwo } from './power-of-two.ts';

const CHOICES = 12_000;

/** How many choices fall on whom, when these have so many requests under way all the time. */
const choose = (text: string, outstanding: readonly number[]): Record<string, number> => {
  const servers = buildServers(text);
  servers.forEach((server, place) => (server.outstanding = outstanding[place]!));
  const candidates = toCandidates(servers);
  const method = powerOfTwo(seeded());
  return count(Array.from({ length: CHOICES }, () => method.choose(candidates, {}).endpoint.id));
};

/** The same when of those that were chosen so many are under way at any time, each ending at random. */
const chooseUnderLoad = (text: string, concurrency: number): Record<string, number> => {
  const random = seeded(2);
  const candidates = toCandidates(buildServers(text));
  const method = powerOfTwo(random);
  const underWay = Array.from({ length: concurrency }, () => candidates.servers[0]!);
  for (const server of underWay) server.outstanding += 1;
  const chosen = Array.from({ length: CHOICES }, () => {
    const ends = Math.floor(random() * concurrency);
    underWay[ends]!.outstanding -= 1;
    const server = method.choose(candidates, {});
    server.outstanding += 1;
    underWay[ends] = server;
    return server.endpoint.id;
  });
  return count(chosen);
};

/** Within 2 % of all. */
const about = (share: number): unknown => expect.closeTo(share * CHOICES, -Math.log10(2 * 0.02 * CHOICES));

describe('powerOfTwo', () => {
  it('asks for no randomness when there is one only', () => {
    const method = powerOfTwo(() => {
      throw new Error('asked');
    });
    const servers = buildServers('a');
    expect(method.choose(toCandidates(servers), {})).toBe(servers[0]);
  });

  it.each(['a b c', 'a*2 b c', 'a b*9 c'])(
    'of %s never takes the busiest, as it never draws the same one twice',
    (text) => {
      expect(choose(text, [100, 0, 0])).not.toHaveProperty('a');
    },
  );

  it('draws every pair alike', () => {
    // c is better than both, b better than a: c has two pairs of three, b one.
    expect(choose('a b c', [2, 1, 0])).toEqual({ b: about(1 / 3), c: about(2 / 3) });
  });

  it('takes the less busy of two at once, by one request', () => {
    expect(choose('a b', [1, 0])).toEqual({ b: CHOICES });
    expect(choose('a b', [6, 7])).toEqual({ a: CHOICES });
  });

  it.each([
    ['a b c', { a: about(1 / 3), b: about(1 / 3), c: about(1 / 3) }],
    ['a b*3', { a: about(1 / 4), b: about(3 / 4) }],
    ['a b*2 c*3', { a: about(1 / 6), b: about(2 / 6), c: about(3 / 6) }],
    ['a*0.1 b', { a: about(1 / 11), b: about(10 / 11) }],
  ])('gives %s their shares when all are idle', (text, shares) => {
    expect(choose(text, [0, 0, 0])).toEqual(shares);
  });

  it.each([
    ['a b c', 1, { a: about(1 / 3), b: about(1 / 3), c: about(1 / 3) }],
    ['a b c', 30, { a: about(1 / 3), b: about(1 / 3), c: about(1 / 3) }],
    ['a b*3', 8, { a: about(1 / 4), b: about(3 / 4) }],
    ['a b*3', 40, { a: about(1 / 4), b: about(3 / 4) }],
    ['a b*2 c*3', 60, { a: about(1 / 6), b: about(2 / 6), c: about(3 / 6) }],
    ['a*0.1 b c', 2, { a: about(1 / 21), b: about(10 / 21), c: about(10 / 21) }],
    ['a*0.1 b c', 63, { a: about(1 / 21), b: about(10 / 21), c: about(10 / 21) }],
  ])('gives %s their shares with %i requests under way', (text, concurrency, shares) => {
    expect(chooseUnderLoad(text, concurrency)).toEqual(shares);
  });

  it('weighs what is under way by the share', () => {
    expect(choose('a b*3', [1, 3])).toEqual({ a: about(1 / 4), b: about(3 / 4) });
    expect(choose('a b*3', [1, 2])).toEqual({ b: CHOICES });
    expect(choose('a b*3', [1, 6])).toEqual({ a: CHOICES });
  });
});
