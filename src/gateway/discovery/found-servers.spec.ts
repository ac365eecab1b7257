import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../outbound/index.ts';
import { FoundServers, MAX_SERVERS } from './found-servers.ts';

const server = (id: string, rest: Partial<Endpoint> = {}): Endpoint => ({
  ...{ id, origin: `http://${id}`, weight: 1, priority: 0 },
  ...rest,
});

const listen = () => {
  const told: (readonly Endpoint[])[] = [];
  return { told, servers: new FoundServers((endpoints) => void told.push(endpoints)) };
};

describe('found servers', () => {
  it('are not told of when there are none from the start', () => {
    const { told, servers } = listen();
    servers.tell([]);
    expect(told).toEqual([]);
  });

  it('are told of when they change, in whatever respect', () => {
    const { told, servers } = listen();
    const lists = [[server('a')], [server('a', { weight: 2 })], [server('a', { priority: 1 })], [server('b')], []];
    for (const list of lists) servers.tell(list);
    expect(told).toEqual(lists);
    expect(servers.count).toBe(0);
  });

  it('are not told of when only their order is another', () => {
    const { told, servers } = listen();
    servers.tell([server('b'), server('a'), server('a0', { priority: 1 })]);
    servers.tell([server('a0', { priority: 1 }), server('a'), server('b')]);
    expect(told.map((list) => list.map(({ id }) => id))).toEqual([['a', 'b', 'a0']]);
  });

  it('are there once each, with the better priority and then the greater weight', () => {
    const { told, servers } = listen();
    servers.tell([server('a', { weight: 1 }), server('a', { weight: 3 }), server('a', { weight: 9, priority: 1 })]);
    expect(told).toEqual([[server('a', { weight: 3 })]]);
  });

  it('are the same objects as before where nothing has changed', () => {
    const { told, servers } = listen();
    servers.tell([server('a'), server('b')]);
    servers.tell([server('a'), server('b', { weight: 2 })]);
    expect(told[1]?.[0]).toBe(told[0]?.[0]);
    expect(told[1]?.[1]).toEqual(server('b', { weight: 2 }));
  });

  it('are bounded, the best being kept', () => {
    const { told, servers } = listen();
    const many = Array.from({ length: MAX_SERVERS + 1 }, (_, index) => server(`s${index}`, { priority: 1 }));
    servers.tell([...many, server('best')]);
    expect(told[0]).toHaveLength(MAX_SERVERS);
    expect(told[0]?.[0]?.id).toBe('best');
  });
});
