import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../outbound/index.ts';
import { StaticList } from './static-list.ts';

describe('a list of servers that does not change', () => {
  it('is told of as it is written, once', async () => {
    const told: (readonly Endpoint[])[] = [];
    const list = new StaticList([
      { url: 'http://a.test:80', weight: 1 },
      { url: 'http://b.test:81', weight: 3 },
      { url: 'http://a.test', weight: 1 },
    ]);
    await list.open((endpoints) => void told.push(endpoints));
    list.close();
    const [a, b] = ['http://a.test', 'http://b.test:81'];
    expect(told).toEqual([
      [
        { id: a, origin: a, weight: 1, priority: 0 },
        { id: b, origin: b, weight: 3, priority: 0 },
      ],
    ]);
  });
});
