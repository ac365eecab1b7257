import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(({ url }) => ({
    name: 'ruled',
    public: true,
    target: { endpoints: [url] },
    request: {
      headers: { set: { 'x-api-key': 'the-real-key' }, remove: ['x-debug'] },
      forward: ['authorization', 'cookie'],
    },
  }));
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const askRuled = (...fields: string[]): Promise<unknown> =>
  raw.say(head('GET /gateway/ruled/echo', ...fields, 'Connection: close'));
/** With a Connection of their own. */
const askNaming = (connection: string, ...fields: string[]): Promise<unknown> =>
  raw.say(head('GET /gateway/ruled/echo', `Connection: close, ${connection}`, ...fields));
const seen = (name: string): string | string[] | undefined => raw.only().headers[name];

describe('a Connection header', () => {
  it.each([
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'test'],
    ['x-forwarded-proto', 'http'],
    ['forwarded', 'for=127.0.0.1;host=test;proto=http'],
    ['via', '1.1 breakwater'],
    ['host', expect.stringMatching(/^127\.0\.0\.1:/)],
    ['x-request-id', expect.stringMatching(/./)],
    ['traceparent', expect.stringMatching(/^00-/)],
    ['x-api-key', 'the-real-key'],
    ['authorization', 'Bearer x'],
    ['cookie', 'a=b'],
    ['accept', 'text/html'],
  ])('does not take away %s', async (name, expected) => {
    await askNaming(name.toUpperCase(), 'Authorization: Bearer x', 'Cookie: a=b', 'Accept: text/html');
    expect(seen(name)).toEqual(expected);
    await raw.expectHealthy();
  });

  it.each(['Content-Length', 'Transfer-Encoding', 'Host, Content-Length', 'transfer-encoding, keep-alive'])(
    'does not take away how long a body is: %s',
    async (names) => {
      const fields = [`Connection: close, ${names}`, 'Content-Length: 4'];
      await raw.say(`${head('POST /gateway/open/upload', ...fields)}abcd`);
      expect(raw.only()).toMatchObject({ complete: true, headers: { 'content-length': '4' } });
      expect(raw.only().body.toString()).toBe('abcd');
      await raw.expectHealthy();
    },
  );

  it('takes away what is about the connection, and what it may name', async () => {
    const fields = ['X-Hop: 1', 'Keep-Alive: timeout=5', 'TE: trailers', 'Proxy-Authorization: Basic x'];
    await askNaming(
      'x-hop, te, "x", =, ;, \xe4, , keep-alive',
      ...fields,
      'Proxy-Connection: keep-alive',
      'Upgrade: evil',
    );
    const names = [
      'x-hop',
      'keep-alive',
      'te',
      'proxy-authorization',
      'proxy-connection',
      'upgrade',
      'transfer-encoding',
    ];
    expect(Object.keys(raw.only().headers).filter((name) => names.includes(name))).toEqual([]);
    expect(seen('connection')).toBe('keep-alive');
  });
});

describe('what a caller says of itself', () => {
  const CLAIMS = [
    ...[
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-Forwarded-Proto',
      'X-Forwarded-Port',
      'X-Forwarded-Prefix',
      'Forwarded',
    ],
    ...['X-Forwarded-User', 'X-Forwarded-Anything', 'X-Real-IP', 'True-Client-IP', 'CF-Connecting-IP', 'Client-Cert'],
    ...['X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override', 'X-Method-Override', 'X-Envoy-Original-Path'],
    ...['Remote-User', 'X-Remote-User', 'SSL-Client-Verify', 'X-Client-DN', 'X-API-Key', 'X-Debug', 'X-Webhook-Secret'],
    ...[
      'Proxy-Authorization',
      'Proxy',
      'X_Api_Key',
      'X_Debug',
      'X.Forwarded.For',
      'X!Api!Key',
      'X~Forwarded~For',
      "X'Real'IP",
    ],
  ];

  it.each(CLAIMS)('is not what the upstream believes: %s', async (name) => {
    await askRuled(`${name}: spoofed.example`, `${name}: spoofed.example`, `${name.toLowerCase()}: spoofed.example`);
    if (name === 'Proxy') return;
    expect(JSON.stringify(raw.only().rawHeaders)).not.toContain('spoofed.example');
    await raw.expectHealthy();
  });

  it.each(['Via', 'X-Request-Id', 'Traceparent', 'Max-Forwards'])('twice, is passed on soundly: %s', async (name) => {
    await askRuled(`${name}: 0`, `${name}: 0`);
    await raw.expectHealthy();
  });

  it('is no rule that ours overrides: what is set is said once', async () => {
    await askRuled('X-Api-Key: a', 'x-api-key: b', 'X-API-KEY: c');
    const { rawHeaders } = raw.only();
    expect(rawHeaders.filter((name) => name.toLowerCase() === 'x-api-key')).toHaveLength(1);
    expect(seen('x-api-key')).toBe('the-real-key');
  });
});

describe('headers that are odd, and sound', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'])('go on: %s', async (name) => {
    await askRuled(`${name}: 1`, `${name}: 2`);
    const { rawHeaders } = raw.only();
    const values = rawHeaders.filter((_text, at) => rawHeaders[at - 1]?.toLowerCase() === name.toLowerCase());
    expect(values).toEqual(['1', '2']);
    await raw.expectHealthy();
  });

  it('change nothing by the name of a prototype', async () => {
    await askRuled('__proto__: 1', '__proto__: 2', '__proto__: x-api-key', 'X-A: 1');
    expect([seen('x-a'), seen('x-api-key')]).toEqual(['1', 'the-real-key']);
    await raw.expectHealthy();
  });

  it('with bytes beyond ASCII go on byte for byte', async () => {
    const value = '\xc3\xa4 \xe4 \xff\xfe \x80';
    await askRuled(`X-Text: ${value}`);
    expect(seen('x-text')).toBe(value);
    await raw.expectHealthy();
  });

  it('with nothing in them, or blanks around, go on without those', async () => {
    await askRuled('X-Empty:', 'X-Blank: \t a b \t ');
    expect([seen('x-empty'), seen('x-blank')]).toEqual(['', 'a b']);
  });
});
