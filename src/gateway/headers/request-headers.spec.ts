import { describe, expect, it } from '@jest/globals';
import { buildIncoming, buildRequestOptions } from '../../../test/support/build-incoming.ts';
import type { RequestOptions } from '../routes/route-options.ts';
import type { Incoming } from './incoming.ts';
import { compileRequestHeaders } from './request-headers.ts';

type Fields = Parameters<typeof buildIncoming>[0];

const pass = (fields: Fields, parts: Partial<Incoming> = {}, options: Partial<RequestOptions> = {}) =>
  compileRequestHeaders(buildRequestOptions(options), { routeName: 'poke' })(buildIncoming(fields, parts));

describe('what is about the body', () => {
  it('is passed on with one only', () => {
    const fields = [
      ['Content-Length', '5'],
      ['Trailer', 'x-sum'],
      ['Expect', '100-Continue'],
    ] as const;
    const told = { 'content-length': '5', trailer: 'x-sum', expect: '100-continue' };
    expect(pass(fields, { hasBody: true })).toMatchObject(told);
    expect(pass(fields)).not.toHaveProperty('content-length');
    expect(pass(fields)).not.toHaveProperty('trailer');
    expect(pass(fields)).not.toHaveProperty('expect');
  });

  it('is one length, whatever came', () => {
    expect(
      pass(
        [
          ['Content-Length', '5'],
          ['content-length', '6'],
        ],
        { hasBody: true },
      )['content-length'],
    ).toBe('5');
  });

  it('is no other expectation', () =>
    expect(pass([['Expect', 'tea']], { hasBody: true })).not.toHaveProperty('expect'));
});

describe('what is passed on', () => {
  it('is everything else, as it came', () => {
    expect(
      pass([
        ['X-Tenant', 'acme'],
        ['Accept', 'text/plain'],
        ['User-Agent', 'ada'],
        ['Accept-Encoding', 'br'],
      ]),
    ).toMatchObject({
      'x-tenant': 'acme',
      accept: 'text/plain',
      'user-agent': 'ada',
      'accept-encoding': 'br',
    });
  });

  it('is a list where it came several times, however Node reads that', () => {
    const passed = pass([
      ['X-A', '1, 2'],
      ['x-a', '3'],
      ['Content-Type', 'a/b'],
      ['Content-Type', 'c/d'],
    ]);
    expect(passed).toMatchObject({ 'x-a': ['1, 2', '3'], 'content-type': ['a/b', 'c/d'] });
  });

  it('says nothing in our name that the caller did not: neither Accept nor User-Agent', () => {
    const passed = pass([]);
    expect(passed['accept-encoding']).toBe('identity');
    expect(Object.entries(passed)).toEqual(
      expect.arrayContaining([
        ['accept', undefined],
        ['user-agent', undefined],
      ]),
    );
  });

  it('survives names that objects have', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const passed = pass(
      names.flatMap(
        (name) =>
          [
            [name, 'a'],
            [name, 'b'],
          ] as const,
      ),
    );
    expect(Object.getPrototypeOf(passed)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(passed)).not.toContain('__proto__');
  });

  it('has been through us, and through whom it had been before', () => {
    expect(
      pass([
        ['Via', '1.0 a'],
        ['Via', '1.1 b'],
      ])['via'],
    ).toBe('1.0 a, 1.1 b, 1.1 breakwater');
    expect(pass([], { httpVersion: '1.0' })['via']).toBe('1.0 breakwater');
  });

  it('may be passed on once less', () => {
    expect(pass([['Max-Forwards', '3']])['max-forwards']).toBe('2');
    expect(pass([['Max-Forwards', 'many']])).not.toHaveProperty('max-forwards');
  });

  it('is of a handshake only what belongs to one', () => {
    expect(pass([['Sec-WebSocket-Key', 'a']], { isUpgrade: true })).toHaveProperty('sec-websocket-key', 'a');
    expect(pass([['Sec-WebSocket-Key', 'a']])).not.toHaveProperty('sec-websocket-key');
  });
});
