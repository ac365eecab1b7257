import { describe, expect, it } from '@jest/globals';
import { buildIncoming, buildRequestOptions } from '../../../test/support/build-incoming.ts';
import type { Incoming } from './incoming.ts';
import { compileRequestHeaders } from './request-headers.ts';

type Fields = Parameters<typeof buildIncoming>[0];

const pass = (fields: Fields, parts: Partial<Incoming> = {}) =>
  compileRequestHeaders(buildRequestOptions(), { routeName: 'poke' })(buildIncoming(fields, parts));

const SPOOFED: Fields = [
  ['Forwarded', 'for=127.0.0.1;proto=https;host=evil.example'],
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Forwarded-For', '10.0.0.1'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Port', '666'],
  ['X-Forwarded-Prefix', '/evil'],
];

describe('who asked', () => {
  it('is whoever did, whatever they say', () => {
    const passed = pass([['Host', 'us.example:3000'], ...SPOOFED]);
    expect(passed).toMatchObject({
      forwarded: 'for=192.0.2.1;host="us.example:3000";proto=http',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-host': 'us.example:3000',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '3000',
      'x-forwarded-prefix': '/gateway/poke',
    });
    expect(JSON.stringify(passed)).not.toMatch(/evil|127\.0|10\.0|666/);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1', '"[2001:db8::1]"'],
    ['fe80::1%eth0', 'fe80::1', '"[fe80::1]"'],
    ['', 'unknown', 'unknown'],
  ])('is %j in both forms', (peer, address, quoted) => {
    expect(pass([], { peer })).toMatchObject({ 'x-forwarded-for': address, forwarded: `for=${quoted};proto=http` });
  });

  it.each(['a b', 'evil";for=127.0.0.1', 'a,b', 'a/b', 'user@a', 'a:port', '', '[::1'])(
    'did not ask for what is no host: %j',
    (host) => {
      const passed = pass([['Host', host]]);
      expect(passed['x-forwarded-host']).toBeUndefined();
      expect(passed['forwarded']).toBe('for=192.0.2.1;proto=http');
    },
  );

  it.each([
    ['us.example', 'https', 'us.example', '443'],
    ['[::1]', 'http', '"[::1]"', '80'],
    ['[::1]:3000', 'http', '"[::1]:3000"', '3000'],
  ] as const)('asked for %s by %s', (host, protocol, quoted, port) => {
    expect(pass([['Host', host]], { protocol })).toMatchObject({
      forwarded: `for=192.0.2.1;host=${quoted};proto=${protocol}`,
      'x-forwarded-host': host,
      'x-forwarded-port': port,
    });
  });
});

describe('what a trusted proxy says of them', () => {
  const trusted = (fields: Fields) => pass([['Host', 'inner.example'], ...(fields ?? [])], { isTrusted: true });

  it('stays, with the proxy behind it', () => {
    expect(
      trusted([
        ['Forwarded', 'for=203.0.113.9'],
        ['Forwarded', 'for="[2001:db8::2]"'],
      ])['forwarded'],
    ).toBe('for=203.0.113.9, for="[2001:db8::2]", for=192.0.2.1;host=inner.example;proto=http');
    expect(
      trusted([
        ['X-Forwarded-For', '203.0.113.9'],
        ['X-Forwarded-For', '10.0.0.9'],
      ])['x-forwarded-for'],
    ).toBe('203.0.113.9, 10.0.0.9, 192.0.2.1');
  });

  it('is what they asked for first', () => {
    const fields = [
      ['X-Forwarded-Host', 'us.example'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Prefix', '/a'],
    ] as const;
    expect(trusted(fields)).toMatchObject({
      'x-forwarded-host': 'us.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-prefix': '/a/gateway/poke',
    });
  });

  it('is told in the newer form, too, where only the older one came', () => {
    const callers = '203.0.113.9, 2001:db8::2, 10.0.0.9:1234, [2001:db8::3]:99, "evil;by=1", 999.0.0.1:80';
    const fields = [
      ['X-Forwarded-For', callers],
      ['X-Forwarded-Host', 'us.example'],
      ['X-Forwarded-Proto', 'https'],
    ] as const;
    expect(trusted(fields)['forwarded']).toBe(
      'for=203.0.113.9;host=us.example;proto=https, for="[2001:db8::2]", for="10.0.0.9:1234", ' +
        'for="[2001:db8::3]:99", for=unknown, for=unknown, for=192.0.2.1;host=inner.example;proto=http',
    );
  });

  it('does not stay when a quote in it would swallow what we say', () => {
    expect(trusted([['Forwarded', 'for="203.0.113.9']])['forwarded']).toBe(
      'for=192.0.2.1;host=inner.example;proto=http',
    );
    expect(trusted([['Forwarded', 'for="a\\"']])['forwarded']).toBe('for=192.0.2.1;host=inner.example;proto=http');
  });

  it('is the nearest 31 of any number', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `10.0.0.${index}`).join(', ');
    for (const name of ['x-forwarded-for', 'forwarded']) {
      const members = String(trusted([['X-Forwarded-For', many]])[name]).split(', ');
      expect(members).toHaveLength(32);
      expect(members[31]).toContain('192.0.2.1');
    }
  });

  it.each(['//evil.example', '/a b', 'a', '/', 'https://a/'])('is no prefix: %j', (prefix) => {
    expect(trusted([['X-Forwarded-Prefix', prefix]])['x-forwarded-prefix']).toBe('/gateway/poke');
  });
});
