import { beforeEach, describe, expect, it } from '@jest/globals';
import { balancing, buildEndpoint, type Balancing } from '../../../test/support/balancing.ts';

let many: Balancing;

/** Two of priority 1, one of them without weight, and two of priority 2, listed out of order. */
beforeEach(() => {
  many = balancing('x', {}, { maxShare: 1 });
  many.endpoints.update([
    buildEndpoint('spare', { priority: 2 }),
    buildEndpoint('first', { priority: 1 }),
    buildEndpoint('idle', { priority: 1, weight: 0 }),
    buildEndpoint('second', { priority: 1 }),
    buildEndpoint('reserve', { priority: 2 }),
  ]);
});

const eject = (...ids: string[]): void => ids.forEach((id) => many.fail(id));

describe('the tiers of servers', () => {
  it('begin with the least priority number; what has no weight gets nothing', () => {
    expect(many.countOf(100)).toEqual({ first: 50, second: 50 });
  });

  it('go on within the priority as long as one of it is well', () => {
    eject('first');
    expect(many.countOf(10)).toEqual({ second: 10 });
    eject('second');
    expect(many.countOf(10)).toEqual({ idle: 10 });
    eject('idle');
    expect(many.countOf(10)).toEqual({ spare: 5, reserve: 5 });
  });

  it('come back to the least priority number as soon as one of it is back', async () => {
    eject('first', 'second', 'idle');
    many.pick();
    await many.clock.advance(30_000);
    expect(Object.keys(many.countOf(10)).toSorted()).toEqual(['first', 'second']);
  });

  it('are, when all are out, what they are when none is', () => {
    eject('first', 'second', 'idle', 'spare', 'reserve');
    expect(new Set(many.endpoints.status().map(({ state }) => state))).toEqual(new Set(['ejected']));
    expect(many.countOf(10)).toEqual({ first: 5, second: 5 });
  });

  it('share alike when all are out, whatever for', () => {
    eject('first', 'idle', 'spare', 'reserve');
    many.endpoints.markHealth(many.endpoints.all()[3]!, false);
    expect(new Set(many.endpoints.status().map(({ state }) => state))).toEqual(new Set(['ejected', 'unhealthy']));
    expect(many.countOf(10)).toEqual({ first: 5, second: 5 });
  });

  it.each(['p2c', 'round-robin', 'weighted'] as const)('share alike when none has weight (%s)', (method) => {
    const { a = 0, b = 0 } = balancing('a*0 b*0', { method }).countOf(1_000);
    expect(Math.abs(a - b)).toBeLessThan(150);
  });

  it('are not in panic while one is well, even of the last priority', () => {
    eject('first', 'second', 'idle', 'reserve');
    expect(many.countOf(10)).toEqual({ spare: 10 });
  });

  it('are tried one after the other, those that are out last of all', () => {
    eject('first', 'spare');
    expect(many.pickAll()).toEqual(['second', 'idle', 'reserve', 'first', 'spare']);
  });

  it('leave panic as soon as probes find one well', () => {
    const all = many.endpoints.all();
    for (const endpoint of all) many.endpoints.markHealth(endpoint, false);
    expect(many.countOf(10)).toEqual({ first: 5, second: 5 });
    many.endpoints.markHealth(all[4]!, true);
    expect(many.countOf(10)).toEqual({ reserve: 10 });
  });

  it('say why a server is out', () => {
    eject('first');
    many.endpoints.markHealth(many.endpoints.all()[1]!, false);
    many.endpoints.markHealth(many.endpoints.all()[3]!, false);
    expect(many.stateOf('first')).toBe('unhealthy');
    expect(many.endpoints.status()[1]).not.toHaveProperty('ejectedForMs');
    many.endpoints.markHealth(many.endpoints.all()[1]!, true);
    expect(many.stateOf('first')).toBe('ejected');
    expect(many.stateOf('second')).toBe('unhealthy');
  });

  it('know nothing of the health of servers that are gone', () => {
    const [spare] = many.endpoints.all();
    many.set('a b');
    many.endpoints.markHealth(spare!, false);
    expect(many.countOf(10)).toEqual({ a: 5, b: 5 });
  });
});
