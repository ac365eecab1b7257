import { describe, expect, it } from '@jest/globals';
import { balancing, NONE } from '../../../test/support/balancing.ts';

describe('ejection', () => {
  it('needs five failures in a row; what tells nothing is not counted', () => {
    const { fail, begin, stateOf } = balancing('a b c');
    fail('a', 4);
    begin('a').judge('nothing');
    expect(stateOf('a')).toBe('healthy');
    begin('a').judge('success');
    fail('a', 4);
    expect(stateOf('a')).toBe('healthy');
    fail('a', 1);
    expect(stateOf('a')).toBe('ejected');
  });

  it.each(['p2c', 'round-robin', 'weighted', 'hash'] as const)(
    'leaves nothing to it until its time (%s)',
    async (method) => {
      const { clock, endpoints, fail, countOf, pick } = balancing('a b c', { method });
      fail('b');
      expect(endpoints.status()[1]).toMatchObject({ state: 'ejected', ejectedForMs: 30_000 });
      await clock.advance(29_999);
      expect(endpoints.status()[1]).toMatchObject({ state: 'ejected', ejectedForMs: 1 });
      expect(countOf(500)).not.toHaveProperty('b');
      const picked = Array.from({ length: 500 }, (_, key) => pick('success', `/${key}`));
      expect(new Set(picked)).toEqual(new Set(['a', 'c']));
      await clock.advance(1);
      expect(endpoints.status()[1]).toEqual({ id: 'b', weight: 1, priority: 0, state: 'healthy', outstanding: 0 });
      expect(Array.from({ length: 500 }, (_, key) => pick('success', `/${key}`))).toContain('b');
    },
  );

  it('is not repeated by what was begun before', async () => {
    const { clock, begin, fail, stateOf } = balancing('a b c');
    const late = Array.from({ length: 10 }, () => begin('a'));
    fail('a');
    for (const lease of late.slice(0, 5)) lease.judge('failure');
    await clock.advance(30_000);
    for (const lease of late.slice(5)) lease.judge('failure');
    expect(stateOf('a')).toBe('healthy');
    fail('a');
    expect(stateOf('a')).toBe('ejected');
  });

  it('lasts longer the second time, and not after it did well for long enough', async () => {
    const { clock, endpoints, fail } = balancing('a b c');
    fail('a');
    await clock.advance(30_000);
    fail('a');
    expect(endpoints.status()[0]?.ejectedForMs).toBe(60_000);
    await clock.advance(60_000 + 60_000);
    fail('a');
    expect(endpoints.status()[0]?.ejectedForMs).toBe(30_000);
  });

  it('leaves the others their turns', () => {
    const { fail, pick } = balancing('a b c');
    expect(pick()).toBe('a');
    fail('b');
    expect([pick(), pick(), pick()]).toEqual(['c', 'a', 'c']);
  });

  it('is never of the only server', () => {
    const { fail, stateOf, pick } = balancing('a');
    fail('a', 50);
    expect(stateOf('a')).toBe('healthy');
    expect(pick()).toBe('a');
  });

  it.each([
    ['a b', 0.5, 1],
    ['a b', 0.1, 1],
    ['a b c', 0.5, 1],
    ['a b c', 0.67, 2],
    ['a b c d', 0.5, 2],
    ['a b c d e f g h i j', 0.29, 2],
    ['a b c d e f g h i j', 0.3, 3],
    ['a b c', 1, 3],
    ['a b c', 0, 1],
  ])('takes of %s, of which a share of %f may be out, %i', (text, maxShare, most) => {
    const { endpoints, fail } = balancing(text, {}, { maxShare });
    for (const { id } of endpoints.all()) fail(id, 9);
    expect(endpoints.status().filter(({ state }) => state === 'ejected')).toHaveLength(most);
  });

  it('counts those that probes found unwell', () => {
    const { endpoints, fail, stateOf } = balancing('a b c d');
    endpoints.markHealth(endpoints.all()[0]!, false);
    fail('b');
    fail('c');
    expect([stateOf('a'), stateOf('b'), stateOf('c')]).toEqual(['unhealthy', 'ejected', 'healthy']);
  });

  it('takes one that goes on failing as soon as there is room', async () => {
    const { clock, fail, stateOf } = balancing('a b c');
    fail('a');
    fail('b', 9);
    expect(stateOf('b')).toBe('healthy');
    await clock.advance(30_000);
    fail('b', 1);
    expect([stateOf('a'), stateOf('b')]).toEqual(['healthy', 'ejected']);
  });

  it('is no matter of servers that are gone', () => {
    const { endpoints, begin, set } = balancing('a b c');
    const leases = Array.from({ length: 9 }, () => begin('a'));
    set('b c');
    for (const lease of leases) lease.judge('failure');
    set('a b c');
    expect(endpoints.status().map(({ state }) => state)).toEqual(['healthy', 'healthy', 'healthy']);
  });

  it('of a killed server among three costs five requests, and ends by itself', async () => {
    const { clock, endpoints } = balancing('a b c', { method: 'p2c' });
    let failed = 0;
    for (let request = 0; request < 1_000; request += 1) {
      const lease = endpoints.pick({}, NONE)!;
      if (lease.endpoint.id === 'a') failed += 1;
      lease.judge(lease.endpoint.id === 'a' ? 'failure' : 'success');
      lease.end();
    }
    expect(failed).toBe(5);
    await clock.advance(30_000);
    const ids = Array.from({ length: 1_000 }, () => endpoints.pick({}, NONE)!.endpoint.id);
    expect(ids).toContain('a');
  });
});
