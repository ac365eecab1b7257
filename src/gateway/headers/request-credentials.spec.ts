import { describe, expect, it } from '@jest/globals';
import { buildIncoming, buildRequestOptions } from '../../../test/support/build-incoming.ts';
import type { RequestOptions } from '../routes/route-options.ts';
import type { Incoming } from './incoming.ts';
import { compileRequestHeaders } from './request-headers.ts';

type Fields = Parameters<typeof buildIncoming>[0];

const pass = (fields: Fields, parts: Partial<Incoming> = {}, options: Partial<RequestOptions> = {}) =>
  compileRequestHeaders(buildRequestOptions(options), { routeName: 'poke' })(buildIncoming(fields, parts));

const SECRETS: Fields = [
  ['Authorization', 'Bearer secret'],
  ['Cookie', 'a=secret'],
  ['Proxy-Authorization', 'Basic secret'],
  ['X-Webhook-Secret', 'secret'],
  ['X-Request-Timeout-Ms', '5secret'],
];

describe('what our caller confides in us', () => {
  it('is not passed on', () => expect(JSON.stringify(pass(SECRETS, { isTrusted: true }))).not.toContain('secret'));

  it('is passed on where the route says so, and no more of it', () => {
    const passed = pass(SECRETS, {}, { forward: ['authorization', 'cookie'] });
    expect(passed).toMatchObject({ authorization: 'Bearer secret', cookie: 'a=secret' });
    expect(Object.values(passed).filter((value) => String(value).includes('secret'))).toHaveLength(2);
  });

  it('is passed on as we read it, not as a second one', () => {
    const twice = [
      ['Authorization', 'Bearer first'],
      ['authorization', 'Bearer second'],
    ] as const;
    expect(pass(twice, {}, { forward: ['authorization'] })['authorization']).toBe('Bearer first');
  });

  it('is one Cookie, without what is ours', () => {
    const fields = [
      ['Cookie', 'a=1; __Host-session=ours; b=2'],
      ['cookie', 'login-abcdEFGH=ours; session=ours;c="3"'],
    ] as const;
    expect(pass(fields, {}, { forward: ['cookie'] })['cookie']).toBe('a=1; b=2; c="3"');
  });

  it('is no Cookie at all where all of it is ours', () => {
    expect(pass([['Cookie', '__Host-session=ours']], {}, { forward: ['cookie'] })['cookie']).toBeUndefined();
  });
});

describe('what only proxies before us can know', () => {
  it.each([
    ...['X-Real-IP', 'True-Client-IP', 'CF-Connecting-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'Client-IP'],
    ...['X-Forwarded-User', 'X-Forwarded-Ssl', 'X-Envoy-External-Address', 'X-Remote-User', 'Client-Cert', 'X-Host'],
  ])('is believed of those alone: %s', (name) => {
    expect(pass([[name, '127.0.0.1']])).not.toHaveProperty(name.toLowerCase());
    expect(pass([[name, '127.0.0.1']], { isTrusted: true })).toHaveProperty(name.toLowerCase(), '127.0.0.1');
  });

  it('is not told by writing it twice', () => {
    expect(
      pass([
        ['X-Real-IP', '127.0.0.1'],
        ['X-Real-IP', '127.0.0.1'],
      ]),
    ).not.toHaveProperty('x-real-ip');
  });

  it.each(['X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override'])(
    'does not change what was let through: %s',
    (name) => expect(pass([[name, '/admin']], { isTrusted: true })).not.toHaveProperty(name.toLowerCase()),
  );

  it.each([
    ...['x_forwarded_for', 'X_Forwarded-For', 'x.forwarded.for', 'x_real_ip', 'x_request_id', 'x_original_url'],
    ...['content_length', 'transfer_encoding', 'proxy_authorization', 'sec_websocket_key', 'x_api_key', 'x_added'],
  ])('is not told in disguise: %s', (name) => {
    const headers = { set: { 'x-api-key': 'ours' }, add: { 'x-added': '1' }, remove: [] };
    const passed = pass([[name, '127.0.0.1']], { isTrusted: true, hasBody: true, isUpgrade: true }, { headers });
    expect(Object.values(passed)).not.toContain('127.0.0.1');
  });

  it('leaves other names with underscores alone', () => {
    expect(pass([['x_tenant', 'acme']])).toHaveProperty('x_tenant', 'acme');
  });
});

describe('Host', () => {
  it('is the upstream’s own', () => expect(pass([['Host', 'us.example']])).not.toHaveProperty('host'));

  it('is what the caller said, where the route says so', () => {
    expect(pass([['Host', 'us.example']], {}, { host: 'preserve' })).toHaveProperty('host', 'us.example');
  });
});
