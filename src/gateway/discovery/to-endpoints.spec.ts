import { describe, expect, it } from '@jest/globals';
import { toEndpoints } from './to-endpoints.ts';

const PLACE = { scheme: 'http', host: 'api.test', port: 8000, weight: 3, priority: 2 } as const;

describe('the servers of a host', () => {
  it('are its addresses, and share its weight', () =>
    expect(toEndpoints(PLACE, ['10.0.0.1', 'fd00::1'])).toEqual([
      { id: 'http://10.0.0.1:8000', origin: 'http://api.test:8000', address: '10.0.0.1', weight: 1.5, priority: 2 },
      { id: 'http://[fd00::1]:8000', origin: 'http://api.test:8000', address: 'fd00::1', weight: 1.5, priority: 2 },
    ]));

  it('are none without addresses', () => expect(toEndpoints(PLACE, [])).toEqual([]));

  it.each([
    ['https', 443, 'https://api.test'],
    ['http', 80, 'http://api.test'],
    ['https', 80, 'https://api.test:80'],
  ] as const)('have an origin without the port that goes without saying: %s, %d', (scheme, port, origin) => {
    const [server] = toEndpoints({ ...PLACE, scheme, port }, ['10.0.0.1']);
    expect(server).toMatchObject({ origin, id: `${scheme}://10.0.0.1:${port}` });
  });

  it.each([
    ['api.test.', 'http://api.test:8000'],
    ['fd00::1', 'http://[fd00::1]:8000'],
  ])('of %s have the origin %s', (host, origin) =>
    expect(toEndpoints({ ...PLACE, host }, ['fd00::1'])[0]?.origin).toBe(origin),
  );
});
