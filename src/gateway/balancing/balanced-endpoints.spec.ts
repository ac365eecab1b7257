import { describe, expect, it } from '@jest/globals';
import { balancing, buildEndpoint, NONE, seeded } from '../../../test/support/balancing.ts';
import type { Lease } from '../../outbound/index.ts';

const METHODS = ['p2c', 'round-robin', 'weighted', 'hash'] as const;
const outstandingOf = (endpoints: { status(): { outstanding: number }[] }): number[] =>
  endpoints.status().map(({ outstanding }) => outstanding);

describe('BalancedEndpoints', () => {
  it.each(METHODS)('has nobody to pick when there is none (%s)', (method) => {
    const { endpoints } = balancing('a', { method });
    expect(endpoints.update([])).toEqual({ removed: [buildEndpoint('a')] });
    expect(endpoints.pick({}, NONE)).toBeUndefined();
    expect(endpoints.status()).toEqual([]);
  });

  it.each(METHODS)('picks each that was not tried, then nobody (%s)', (method) => {
    const { pickAll } = balancing('a b*2 c', { method });
    expect(pickAll().toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('counts a request until it ends, and once', () => {
    const { endpoints, begin } = balancing('a b');
    const [one, other] = [begin('a'), begin('a')];
    one.judge('success');
    expect(outstandingOf(endpoints)).toEqual([2, 0]);
    one.end();
    one.end();
    expect(outstandingOf(endpoints)).toEqual([1, 0]);
    other.end();
    other.judge('success');
    other.end();
    expect(outstandingOf(endpoints)).toEqual([0, 0]);
  });

  it('judges a request once', () => {
    const { begin, stateOf } = balancing('a b');
    const lease = begin('a');
    for (let time = 0; time < 9; time += 1) lease.judge('failure');
    expect(stateOf('a')).toBe('healthy');
  });

  it('tells apart by id what stays, what is new and what is gone', () => {
    const { endpoints } = balancing('a b');
    const [a, b] = endpoints.all();
    expect(endpoints.update([buildEndpoint('c'), buildEndpoint('a'), buildEndpoint('c*9')])).toEqual({ removed: [b] });
    expect(endpoints.all()).toEqual([buildEndpoint('c'), a]);
    expect(endpoints.all()[1]).toBe(a);
  });

  it('takes what has another address for another server', () => {
    const { endpoints } = balancing('a');
    const [a] = endpoints.all();
    const moved = buildEndpoint('a', { address: '10.0.0.2' });
    expect(endpoints.update([moved])).toEqual({ removed: [a] });
    expect(endpoints.all()).toEqual([moved]);
  });

  it('keeps what it knows of a server whose weight changes, but hands out what it is now', () => {
    const { endpoints, set, begin, fail, stateOf } = balancing('a b c');
    const lease = begin('b');
    fail('b');
    set('a b*7 c');
    expect(stateOf('b')).toBe('ejected');
    expect(endpoints.status()[1]).toMatchObject({ id: 'b', weight: 7, outstanding: 1 });
    expect(begin('b').endpoint.weight).toBe(7);
    lease.end();
    expect(outstandingOf(endpoints)).toEqual([0, 1, 0]);
  });

  it('knows what was tried although its weight has changed since', () => {
    const { endpoints, set } = balancing('a b');
    const tried = new Set(endpoints.all().slice(0, 1));
    set('a*5 b');
    expect(endpoints.pick({}, tried)?.endpoint.id).toBe('b');
  });

  it('tells when there was an update, for as long as somebody wants to know', () => {
    const { endpoints, set } = balancing('a');
    const told: string[] = [];
    const stop = endpoints.onUpdate(() => told.push(endpoints.all()[0]!.id));
    set('b');
    stop();
    set('c');
    expect(told).toEqual(['b']);
  });

  it('never loses count under load, whatever becomes of the servers', async () => {
    const random = seeded(7);
    const { clock, endpoints, set } = balancing('a b c', { method: 'p2c' });
    const leases = new Set<Lease>();
    for (let step = 0; step < 6_000; step += 1) {
      if (random() < 0.01) set(['a b c', 'a b*2 d', 'd c a', 'a'][Math.floor(random() * 4)]!);
      if (random() < 0.001) await clock.advance(random() * 40_000);
      if (random() < 0.5) leases.add(endpoints.pick({}, NONE)!);
      const [lease] = leases;
      if (random() < 0.5 && lease && leases.delete(lease)) {
        if (random() < 0.9) lease.judge(random() < 0.6 ? 'failure' : 'success');
        lease.end();
        if (random() < 0.1) lease.end();
      }
      expect(Math.min(...outstandingOf(endpoints))).toBeGreaterThanOrEqual(0);
    }
    const a = endpoints.status().find(({ id }) => id === 'a');
    expect(a?.outstanding).toBe([...leases].filter(({ endpoint }) => endpoint.id === 'a').length);
    for (const lease of leases) lease.end();
    expect(new Set(outstandingOf(endpoints))).toEqual(new Set([0]));
  });
});
