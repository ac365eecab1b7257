import { describe, expect, it } from '@jest/globals';
import { MAX_SERVERS } from './found-servers.ts';
import { readServerList } from './server-list.ts';

const mistakesOf = (text: string): readonly string[] => {
  const list = readServerList(text);
  return 'mistakes' in list ? list.mistakes : [];
};

const server = (origin: string, weight = 1, priority = 0) => ({ id: origin, origin, weight, priority });

describe('a list of servers', () => {
  it.each([
    ['nothing', ''],
    ['a word', 'http://a.test'],
    ['another key', 'servers: []'],
    ['more than the key', 'endpoints: []\nother: 1'],
    ['no list', 'endpoints: http://a.test'],
  ])('is refused when it is %s', (_what, text) =>
    expect(mistakesOf(text)).toEqual(['give a list of servers, or `endpoints:` with one']),
  );

  it.each([
    ...['ftp://a.test', 'a.test', '//a.test', 'http://', 'http://a.test/path', 'http://a.test/?q', 'http://a.test/#f'],
    ...['http://ada:lace@a.test', 'http://a b', 'http://a.test:70000', '', '1', 'null', '[]', '{ weight: 1 }'],
  ])('refuses the URL %j, and does not repeat it', (url) => {
    const [mistake, ...more] = mistakesOf(`- ${url === '' ? '""' : url}`);
    expect(mistake).toMatch(/^endpoints\[0\]\.url: give http:/);
    expect([more, String(mistake).includes('lace')]).toEqual([[], false]);
  });

  it.each(['-1', '65536', '.nan', '.inf', '"1"', 'null', '[]'])('refuses the weight %s', (weight) =>
    expect(mistakesOf(`- { url: http://a.test, weight: ${weight} }`)).toEqual([
      'endpoints[0].weight: give a number from 0 to 65535',
    ]),
  );

  it('refuses a priority that is not whole', () =>
    expect(mistakesOf('- { url: http://a.test, priority: 1.5 }')[0]).toContain('endpoints[0].priority: '));

  it('tells of all mistakes, a key that nobody knows included', () =>
    expect(mistakesOf('- http://a.test\n- { url: x, wieght: 1 }\n- { url: http://b.test, weight: no }')).toEqual([
      expect.stringContaining('endpoints[1].url: '),
      'endpoints[1].wieght: unknown, take it out',
      expect.stringContaining('endpoints[2].weight: '),
    ]));

  it('refuses two schemes side by side', () =>
    expect(mistakesOf('- http://a.test\n- https://b.test')[0]).toContain('decide for one'));

  it('refuses more servers than may be used', () => {
    const list = (length: number): string => Array.from({ length }, (_, index) => `- http://s${index}`).join('\n');
    expect(mistakesOf(list(MAX_SERVERS))).toEqual([]);
    expect(mistakesOf(list(MAX_SERVERS + 1))).toEqual([`${MAX_SERVERS + 1} servers: ${MAX_SERVERS} are the most`]);
  });

  it.each(['- [', 'a: b: c', '{"endpoints": [}', '- &a [*a]\n- *b', '--- 1\n--- 2'])(
    'refuses %j, which is no YAML, in one line',
    (text) => expect(mistakesOf(text)).toEqual([expect.not.stringContaining('\n')]),
  );

  it('refuses what grows when it is unfolded', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `${level}: &a${level} [${`*a${level - 1},`.repeat(level && 9)}]`,
    );
    expect(mistakesOf(levels.join('\n'))).toHaveLength(1);
  });

  it('has URLs, with weights and priorities or without, in YAML and in JSON', () => {
    const servers = [server('http://a.test'), server('http://b.test:81', 2.5, 1), server('http://[::1]:82', 0)];
    const items = [
      'http://A.test:80/',
      { url: 'http://b.test:81', weight: 2.5, priority: 1 },
      { url: 'http://[::1]:82', weight: 0 },
    ];
    expect(readServerList(JSON.stringify(items))).toEqual({ servers });
    expect(readServerList(JSON.stringify({ endpoints: items }))).toEqual({ servers });
    expect(readServerList('# ours\nendpoints:\n  - http://a.test\n')).toEqual({ servers: [server('http://a.test')] });
  });

  it('may say that there are none', () => expect(readServerList('endpoints: []')).toEqual({ servers: [] }));
});
