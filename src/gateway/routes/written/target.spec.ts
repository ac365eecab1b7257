import { describe, expect, it } from '@jest/globals';
import { readRoutes } from '../read-routes.ts';

const URL_WANTED = 'give an absolute http:// or https:// URL';

const mistakesIn = (target: unknown, providers: readonly string[] = ['pokeapi', 'cms']): readonly string[] => {
  try {
    readRoutes(JSON.stringify({ routes: [{ name: 'a', target }] }), { path: 'r', environment: {}, providers });
    return [];
  } catch (error) {
    return (error as { mistakes: string[] }).mistakes.map((line) => line.replace('GATEWAY_ROUTES=r: routes[0].', ''));
  }
};

describe('a target is refused', () => {
  it.each([
    ['pokeapi', 'target: is "pokeapi": give a map of provider, endpoints'],
    [{}, 'target: give exactly one of provider, endpoints, dns, srv, file'],
    [
      { provider: 'cms', file: 'a' },
      'target: give exactly one of provider, endpoints, dns, srv, file, not provider and file',
    ],
    [{ provider: 'pokapi' }, 'target.provider: is "pokapi": name one of pokeapi, cms (did you mean pokeapi?)'],
    [{ provider: 'github' }, 'target.provider: is "github": name one of pokeapi, cms'],
    [{ provider: 'cms', balance: 'p2c' }, 'target.balance: leave it out: a provider has its own'],
    [{ provider: 'cms', basePath: '/a' }, 'target.basePath: leave it out'],
    [{ endpoints: [] }, 'target.endpoints: give at least one endpoint'],
    [{ endpoints: 'http://a' }, 'target.endpoints: is "http://a": give a list of endpoints'],
    [
      { dns: { name: '10.0.0.1' } },
      'target.dns.name: is "10.0.0.1": give a name, or write this address under endpoints',
    ],
    [{ dns: { name: 'a b' } }, 'target.dns.name: is "a b": give a name that DNS knows'],
    [{ dns: { name: 'a.123' } }, 'target.dns.name'],
    [{ dns: { name: 'a', port: 0 } }, 'target.dns.port: is 0'],
    [{ dns: { name: 'a', scheme: 'ftp' } }, 'target.dns.scheme'],
    [{ dns: { name: 'a', refreshMs: 0 } }, 'target.dns.refreshMs'],
    [{ srv: { name: 'a', port: 80 } }, 'target.srv: there is no "port"'],
    [{ file: '' }, 'target.file: is ""'],
    [{ file: 'a', network: 'internal' }, 'target.network: is "internal": give one of public, private'],
    [{ file: 'a', basePath: '/a/' }, 'target.basePath'],
    [{ file: 'a', balance: 'random' }, 'target.balance: is "random": give one of p2c, round-robin, weighted, hash'],
    [{ file: 'a', balance: { method: 'p2c', hashBy: 'path' } }, 'target.balance.hashBy: contradicts the method'],
    [{ file: 'a', balance: { method: 'hash', hashBy: 'ip' } }, 'target.balance.hashBy: is "ip": give one of path'],
    [{ file: 'a', balance: { method: 'hash', hashBy: { header: 'a b' } } }, 'target.balance.hashBy.header'],
    [{ file: 'a', ejection: { forMs: 2, maxMs: 1 } }, 'target.ejection.forMs: is 2, longer than maxMs, 1'],
    [{ file: 'a', ejection: { forMs: 300_001 } }, 'target.ejection.forMs: is 300001, longer than maxMs, 300000'],
    [{ file: 'a', ejection: { maxShare: 2 } }, 'target.ejection.maxShare: is 2: give a number from 0 to 1'],
    [{ file: 'a', probe: {} }, 'target.probe.path: is missing'],
    [
      { file: 'a', probe: { path: '/h', intervalMs: 100 } },
      'target.probe.timeoutMs: is 2000, longer than intervalMs, 100',
    ],
    [{ file: 'a', probe: { path: '/h#x' } }, 'target.probe.path'],
  ])('for %j', (target, mistake) => expect(mistakesIn(target)).toEqual([expect.stringContaining(mistake)]));

  it.each([
    '',
    'a',
    '1.1.1',
    '1.1.1.1:',
    '1.1.1.1:0',
    '1.1.1.1:65536',
    '[::1]:',
    '[1.1.1.1]:53',
    '::1:53x',
    'dns.example:53',
    5,
  ])('for the DNS server %j', (server) =>
    expect(mistakesIn({ srv: { name: 'a', servers: [server] } })).toEqual([expect.stringContaining('servers[0]')]),
  );

  it('for a provider when there are none', () =>
    expect(mistakesIn({ provider: 'cms' }, [])).toEqual([expect.stringContaining('there are no providers')]));
});

describe('an endpoint is refused', () => {
  it.each([
    [5, `is 5: ${URL_WANTED}`],
    ['10.0.0.1:80', URL_WANTED],
    ['ftp://10.0.0.1', URL_WANTED],
    ['ws://10.0.0.1', URL_WANTED],
    ['http://', URL_WANTED],
    ['http://ada:pw@a.example', URL_WANTED],
    ['http://@a.example', URL_WANTED],
    ['http://a.example/?', URL_WANTED],
    ['http://a.example/#', URL_WANTED],
    ['http://a.example:65536', URL_WANTED],
    ['http://2130706433', 'write it as http://127.0.0.1'],
    ['http://0x7f.1/api', 'write it as http://127.0.0.1/api'],
    ['http:\\\\a.example', 'write it as http://a.example'],
    ['http://a.example/a/../b', '. or ..'],
    ['http://a.example/a b', 'encoded'],
    ['http://a.example/%7e', 'write it as /~'],
  ])('for %j', (url, mistake) => {
    expect(mistakesIn({ endpoints: [url] })).toEqual([expect.stringMatching(/^target\.endpoints\[0\]: /)]);
    expect(mistakesIn({ endpoints: [url] })[0]).toContain(mistake);
    expect(mistakesIn({ endpoints: [{ url }] })[0]).toContain('target.endpoints[0].url: ');
  });

  it.each([
    [['http://a', 'https://b'], undefined, 'endpoints[1]: is not http:// as endpoints[0]'],
    [['http://a/x', 'http://b/y'], undefined, 'endpoints[1]: has another path than endpoints[0]'],
    [['http://a', 'http://b', 'http://a:80/'], undefined, 'endpoints[2]: is the same server as endpoints[0]'],
    [['http://a/x'], '/y', 'basePath: is not /x, the path of the endpoints'],
    [[{ url: 'http://a', weight: 0 }], undefined, 'endpoints[0].weight: is 0: give a whole number from 1 to 1000'],
    [[{ url: 'http://a', wieght: 1 }], undefined, 'endpoints[0]: there is no "wieght" (did you mean weight?)'],
    [Array.from({ length: 257 }, (_, index) => `http://a${index}`), undefined, 'endpoints: give at most 256 endpoints'],
  ])('among %.60j under %j', (endpoints, basePath, mistake) =>
    expect(mistakesIn({ endpoints, ...(basePath && { basePath }) })).toEqual(
      [`target.${mistake}`].map((text) => expect.stringContaining(text)),
    ),
  );
});

describe('a target', () => {
  it.each(['1.1.1.1', '1.1.1.1:5353', '::1', '[::1]:53', '[::1]'])('may ask the DNS server %s', (server) =>
    expect(mistakesIn({ dns: { name: 'a.example.', servers: [server] } })).toEqual([]),
  );
});
