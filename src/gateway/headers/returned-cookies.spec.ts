import { describe, expect, it } from '@jest/globals';
import { buildAnswer, buildResponseOptions, valuesOf } from '../../../test/support/build-answer.ts';
import type { ResponseOptions } from '../routes/route-options.ts';
import { compileResponseHeaders } from './response-headers.ts';

interface Parts {
  readonly cookies?: ResponseOptions['cookies'];
  readonly basePath?: string;
  readonly stripped?: string;
}

const cookiesOf = (setCookie: string | string[], parts: Parts = {}): string[] => {
  const { cookies = 'rewrite', basePath = '/api', stripped = '' } = parts;
  const surroundings = { routeName: 'poke', isPublic: true, basePath, ownOrigins: () => [] };
  const tell = compileResponseHeaders(buildResponseOptions({ cookies }), surroundings);
  return valuesOf(tell(buildAnswer({ 'set-cookie': setCookie }, { stripped })), 'set-cookie');
};

const OURS = [
  ...['__Host-session=a', 'session=a', '__host-SESSION=a', ' __Host-session = a; Path=/', 'login-abcdEFGH=a'],
  ...['__Host-login-abcdEFGH=a', '__Secure-session=a', 'breakwater-console=a', '__Host-breakwater=a'],
];

const NAMELESS = ['=session=a', 'session', ' = __Host-session=a', '', '; Path=/'];

describe('cookies of an upstream', () => {
  it.each([...OURS, ...NAMELESS])('are never one of ours: %j', (setCookie) => {
    expect(cookiesOf(setCookie, { cookies: 'pass' })).toEqual([]);
    expect(cookiesOf(setCookie, { cookies: 'rewrite' })).toEqual([]);
  });

  it('are left out, unless the route says something else', () => {
    expect(cookiesOf(['a=1', 'b=2'], { cookies: 'drop' })).toEqual([]);
  });

  it('are passed as they are, where the route says so', () => {
    const theirs = ['a=1; Domain=api.example; Path=/x', '__Host-theirs=1; Path=/; Secure', 'sessions=1'];
    expect(cookiesOf(['session=ours', ...theirs], { cookies: 'pass' })).toEqual(theirs);
  });
});

describe('cookies that are rewritten', () => {
  it('are for our host only, and keep what else they say', () => {
    expect(
      cookiesOf(
        'a="1 2"; Domain=api.example; Secure; HttpOnly; SameSite=Lax; Max-Age=5; Path=/api; domain; Partitioned',
      ),
    ).toEqual(['a="1 2"; Secure; HttpOnly; SameSite=Lax; Max-Age=5; Partitioned; Path=/gateway/poke']);
  });

  it('have the path that theirs is with us', () => {
    const pathOf = (path: string, parts?: Parts): string | undefined => cookiesOf(`a=1; Path=${path}`, parts)[0];
    expect(pathOf('/api/b')).toBe('a=1; Path=/gateway/poke/b');
    expect(pathOf('/api/b/')).toBe('a=1; Path=/gateway/poke/b');
    expect(pathOf('/api/')).toBe('a=1; Path=/gateway/poke');
    expect(pathOf('/')).toBe('a=1; Path=/gateway/poke');
    expect(pathOf('/a', { basePath: '/a/b' })).toBe('a=1; Path=/gateway/poke');
    expect(pathOf('/a/', { basePath: '/a/b' })).toBe('a=1; Path=/gateway/poke');
    expect(pathOf('/b', { basePath: '' })).toBe('a=1; Path=/gateway/poke/b');
    expect(pathOf('/api/b', { stripped: '/v2' })).toBe('a=1; Path=/gateway/poke/v2/b');
    expect(pathOf('/gateway/poke/b')).toBe('a=1; Path=/gateway/poke/b');
  });

  it('are for the route only, whatever they leave out or repeat', () => {
    for (const attributes of ['', '; Path', '; Path=', '; path=relative', '; Path=/console; Path=/api', '; PATH = /']) {
      expect(cookiesOf(`a=1${attributes}`)).toEqual(['a=1; Path=/gateway/poke']);
    }
  });

  it('are left out when the upstream would never get them from there', () => {
    expect(cookiesOf(['a=1; Path=/other', 'b=2; Path=/apiary', '__Host-c=3; Path=/; Secure'])).toEqual([]);
  });
});
