import { describe, expect, it } from '@jest/globals';
import { buildAnswer, buildResponseOptions, valuesOf } from '../../../test/support/build-answer.ts';
import type { HeaderMap } from '../../outbound/index.ts';
import type { HeaderRules } from '../routes/route-options.ts';
import type { Answer } from './answer.ts';
import { compileResponseHeaders } from './response-headers.ts';

const surroundings = { routeName: 'poke', isPublic: true, basePath: '/api', ownOrigins: () => [] };

const tell = (headers: HeaderMap, parts: Partial<Answer> = {}, rules: Partial<HeaderRules> = {}): string[] => {
  const options = buildResponseOptions({ headers: { set: {}, add: {}, remove: [], ...rules } });
  return compileResponseHeaders(options, surroundings)(buildAnswer(headers, parts));
};

const namesIn = (list: readonly string[]): string[] => list.filter((_name, at) => at % 2 === 0);

describe('what is told of an answer', () => {
  it.each([
    ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authentication-info', 'te'],
    ...['transfer-encoding', 'upgrade', 'trailer'],
  ])('is nothing about the connection: %s', (name) => {
    expect(namesIn(tell({ [name]: 'x-a' }))).not.toContain(name);
    expect(namesIn(tell({ [name]: ['x-a', 'x-b'] }))).not.toContain(name);
  });

  it('is nothing that Connection names, unless it is not its to name', () => {
    const names = namesIn(
      tell({ connection: 'close, x-hop, content-length, vary', 'x-hop': '1', 'content-length': '5', vary: 'a' }),
    );
    expect(names).not.toContain('x-hop');
    expect(names).toEqual(expect.arrayContaining(['content-length', 'vary']));
  });

  it.each([
    ...['alt-svc', 'strict-transport-security', 'service-worker-allowed', 'clear-site-data', 'nel'],
    ...[
      'report-to',
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'x-accel-redirect',
      'x-sendfile',
    ],
  ])('is nothing that would speak for our origin: %s', (name) => {
    expect(namesIn(tell({ [name]: '*' }))).not.toContain(name);
  });

  it('has one length at most, and none where there is no body', () => {
    expect(valuesOf(tell({ 'content-length': ['5', '6'] }), 'content-length')).toEqual(['5']);
    for (const status of [101, 103, 204]) {
      expect(valuesOf(tell({ 'content-length': '5' }, { status }), 'content-length')).toEqual([]);
    }
    expect(valuesOf(tell({ 'content-length': '5' }, { status: 304 }), 'content-length')).toEqual(['5']);
  });

  it('announces trailers only where they can follow', () => {
    const announced = (headers: HeaderMap, parts: Partial<Answer>): string[] =>
      valuesOf(tell({ trailer: 'x-sum', ...headers }, parts), 'trailer');
    expect(announced({}, { mayTrail: true })).toEqual(['x-sum']);
    expect(announced({}, { mayTrail: false })).toEqual([]);
    expect(announced({ 'content-length': '5' }, { mayTrail: true })).toEqual([]);
    expect(announced({}, { mayTrail: true, status: 304 })).toEqual([]);
  });

  it('is everything else, as often as it came', () => {
    const list = tell({
      etag: '"a"',
      link: ['</a>', '</b>'],
      'www-authenticate': 'Basic',
      date: 'then',
      gone: undefined,
    });
    expect(list.slice(0, 12)).toEqual([
      ...['content-type', 'application/json', 'etag', '"a"', 'link', '</a>', 'link', '</b>'],
      ...['www-authenticate', 'Basic', 'date', 'then'],
    ]);
    expect(namesIn(list)).not.toContain('gone');
  });

  it('is what we say of it ourselves, where they say something else', () => {
    const list = tell({ 'x-request-id': 'theirs', 'x-content-type-options': 'sniff' });
    expect(valuesOf(list, 'x-request-id')).toEqual(['r-1']);
    expect(valuesOf(list, 'x-content-type-options')).toEqual(['nosniff']);
  });

  it('is what was said on the way, and by us last', () => {
    const theirs = { via: '1.1 a', 'proxy-status': ['a; error=x', 'b'], 'cache-status': 'a; hit' };
    const list = tell(theirs, { cacheStatus: 'breakwater; fwd=miss' });
    expect(valuesOf(list, 'via')).toEqual(['1.1 a, 1.1 breakwater']);
    expect(valuesOf(list, 'proxy-status')).toEqual(['a; error=x, b, breakwater; received-status=200']);
    expect(valuesOf(list, 'cache-status')).toEqual(['a; hit, breakwater; fwd=miss']);
    expect(valuesOf(tell({ 'cache-status': 'a; hit' }), 'cache-status')).toEqual(['a; hit']);
    expect(valuesOf(tell({}), 'cache-status')).toEqual([]);
  });

  it('is not what would swallow ours', () => {
    const list = tell({ 'proxy-status': 'a; details="' });
    expect(valuesOf(list, 'proxy-status')).toEqual(['breakwater; received-status=200']);
  });
});

describe('the rules of a route', () => {
  it.each(['content-length', 'transfer-encoding', 'connection'])('do not frame: %s', (name) => {
    expect(tell({}, {}, { set: { [name]: '666' }, add: { [name]: '667' } }).join()).not.toMatch(/66[67]/);
    expect(tell({ 'content-length': '5' }, {}, { remove: [name] })).toEqual(
      expect.arrayContaining(['content-length', '5']),
    );
  });

  it('take away what came, and what would be ours', () => {
    const remove = ['server', 'via', 'x-request-id', 'content-security-policy', 'proxy-status'];
    const names = namesIn(
      tell({ server: 'a', 'content-type': 'text/html', 'content-security-policy': 'a' }, {}, { remove }),
    );
    expect(names.filter((name) => remove.includes(name))).toEqual([]);
  });

  it('say something in place of what came, once', () => {
    const set = { server: 'us', 'x-content-type-options': 'us', 'set-cookie': 'us' };
    const list = tell({ server: ['a', 'b'], 'set-cookie': 'a=1' }, {}, { set });
    for (const name of Object.keys(set)) expect(valuesOf(list, name)).toEqual(['us']);
  });

  it('say something beside what came', () => {
    expect(valuesOf(tell({ link: '</a>' }, {}, { add: { link: '</b>' } }), 'link')).toEqual(['</a>', '</b>']);
  });
});
