import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { toLogged } from './to-logged.ts';

const SECRET = 'q7VtX2mKr9zLw4';

const throwing = {
  get reason(): string {
    throw new Error(SECRET);
  },
  requestId: 'a',
};

const cyclic: Record<string, unknown> = { requestId: 'a', token: SECRET };
cyclic['failure'] = cyclic;
cyclic['calls'] = [cyclic];

const proxy = (trap: keyof ProxyHandler<object>): object =>
  new Proxy(
    {},
    {
      [trap]: () => {
        throw new Error(SECRET);
      },
    },
  );

class Careless {
  requestId = 'a';
  password = SECRET;
  get token(): string {
    return SECRET;
  }
  toJSON(): object {
    return { password: SECRET };
  }
}

const HOSTILE: readonly (readonly [string, unknown])[] = [
  ['a field that nobody declared', { password: SECRET }],
  ['a secret for a name', { [SECRET]: 1, call: { [SECRET]: 1 } }],
  ['an object where a name is declared', { requestId: { token: SECRET }, route: [SECRET], status: () => SECRET }],
  ['a field that nobody declared of a call', { call: { provider: 'p', headers: { authorization: SECRET } } }],
  ['the same of an attempt', { call: { attempts: [{ body: SECRET, cache: { key: SECRET } }] } }],
  ['a call that is a secret', { call: SECRET, calls: SECRET, failure: SECRET, mistakes: SECRET }],
  ['a getter that throws', throwing],
  ['what holds itself', cyclic],
  ['a prototype', Object.create({ reason: SECRET, requestId: SECRET })],
  ['a polluting name', JSON.parse(`{"__proto__": {"requestId": "${SECRET}"}, "constructor": "${SECRET}"}`)],
  ['a class with a toJSON of its own', new Careless()],
  ['a Map', { requestId: new Map([['token', SECRET]]), call: new Map([['provider', SECRET]]) }],
  ['a Set, bytes and a symbol', { requestId: new Set([SECRET]), route: Buffer.from(SECRET), code: Symbol(SECRET) }],
  ['a String that is an object', { requestId: new String(SECRET) }],
  ['a list', [SECRET]],
  ['a text in place of fields', SECRET],
  ['a function', () => SECRET],
  ['an object that cannot be read', proxy('ownKeys')],
  ['an object that cannot be asked what it is', proxy('getPrototypeOf')],
  ['an error whose message cannot be read', { error: Object.defineProperty(new Error(), 'message', throwing) }],
  ['an error with a request', Object.assign(new Error('x'), { config: { headers: { authorization: SECRET } } })],
  ['an object that was thrown', { error: { token: SECRET }, err: SECRET }],
  [
    'sentences with credentials',
    { reason: `Bearer ${SECRET}`, mistakes: [`password=${SECRET}`], path: `x://${SECRET}@y` },
  ],
  ['a query with a credential in it', { call: { query: { page: `token=${SECRET}`, [`key=${SECRET}`]: '1' } } }],
  ['an incoming request', { method: 'GET', headers: { cookie: SECRET }, socket: {}, url: SECRET }],
  ['a secret behind much else', { call: { decisions: [...Array.from({ length: 60 }, () => 'x'), SECRET] } }],
];

describe('what is logged', () => {
  it.each(HOSTILE)('tells no secret of %s', (_what, hostile) => {
    const { log, lines } = captureLog();
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)
      log[level](hostile as object, 'x');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: 'x' });
    expect(lines.join('')).not.toContain(SECRET);
    expect(inspect(toLogged(hostile), { depth: 20, showHidden: true })).not.toContain(SECRET);
  });

  it('says how much was left out, and what is not what it has to be', () => {
    expect(toLogged({ requestId: 'a', colour: 'red', shape: 1 })).toEqual({ requestId: 'a', notLogged: 2 });
    expect(toLogged({ requestId: {}, call: 7, decisions: [] })).toEqual({
      requestId: '[not logged]',
      call: '[not logged]',
      notLogged: 1,
    });
    expect(toLogged({ reason: throwing })).toEqual({ reason: '[not logged]' });
    expect(toLogged(throwing)).toEqual({ reason: '[not logged]', requestId: 'a' });
  });

  it('leaves what is declared as it is, with durations to a tenth of a millisecond', () => {
    const given = { requestId: 'a', status: 200, durationMs: 1.26, failure: { code: 'x', reason: 'y' }, route: null };
    expect(toLogged(given)).toEqual({ ...given, durationMs: 1.3 });
  });

  it('keeps to lengths and numbers', () => {
    const long = 'z'.repeat(1_000_000);
    const many = Array.from({ length: 10_000 }, () => ({ server: long, error: long }));
    const { log, lines } = captureLog();
    log.info({ requestId: long, reason: long, call: { attempts: many, query: { [long]: long } } }, long);
    expect(lines[0]!.length).toBeLessThan(60 * 4_100);
    expect(toLogged(Object.fromEntries(many.map((_, at) => [`x${at}`, long])))).toEqual({ notLogged: 10_000 });
  });
});
