import { describe, expect, it } from '@jest/globals';
import { buildIncoming, buildRequestOptions } from '../../../test/support/build-incoming.ts';
import type { RequestOptions } from '../routes/route-options.ts';
import type { Incoming } from './incoming.ts';
import { compileRequestHeaders } from './request-headers.ts';

type Fields = Parameters<typeof buildIncoming>[0];

const pass = (fields: Fields, parts: Partial<Incoming> = {}, options: Partial<RequestOptions> = {}) =>
  compileRequestHeaders(buildRequestOptions(options), { routeName: 'poke' })(buildIncoming(fields, parts));

const HOP_BY_HOP = [
  ...['Connection', 'Keep-Alive', 'Proxy-Connection', 'Proxy-Authenticate', 'Proxy-Authorization'],
  ...['TE', 'Transfer-Encoding', 'Upgrade', 'HTTP2-Settings'],
];

describe('what is about the connection', () => {
  it.each(HOP_BY_HOP)('is not passed on: %s', (name) => {
    const passed = pass([[name, 'trailers']], { hasBody: true, isTrusted: true, isUpgrade: true });
    expect(passed).not.toHaveProperty(name.toLowerCase());
  });

  it.each(['x-hop', 'close, X-Hop', 'x-a,,x-hop ,', 'KEEP-ALIVE, x-hop'])(
    'ends here when Connection says %j',
    (named) => {
      expect(
        pass([
          ['Connection', named],
          ['X-Hop', '1'],
          ['X-Stays', '2'],
        ]),
      ).not.toHaveProperty('x-hop');
      expect(
        pass([
          ['Connection', named],
          ['X-Hop', '1'],
          ['X-Stays', '2'],
        ]),
      ).toHaveProperty('x-stays', '2');
    },
  );

  it('ends here when the second of two Connections names it', () => {
    const twice = [
      ['Connection', 'close'],
      ['Connection', 'x-hop'],
      ['X-Hop', '1'],
    ] as const;
    expect(pass(twice)).not.toHaveProperty('x-hop');
  });

  it.each([
    ...['content-length', 'content-type', 'cookie', 'authorization', 'x-real-ip', 'remote-user', 'client-cert'],
    ...['cache-control', 'if-match', 'idempotency-key', 'x-forwarded-user', 'sec-websocket-key', 'expect'],
  ])('is not what Connection only says is: %s', (name) => {
    const fields = [
      ['Connection', `close, ${name}`],
      [name, '100-continue'],
    ] as const;
    const passed = pass(
      fields,
      { isTrusted: true, hasBody: true, isUpgrade: true },
      { forward: ['authorization', 'cookie'] },
    );
    expect(passed).toHaveProperty(name, '100-continue');
  });

  it('is not what we say ourselves, whatever Connection names', () => {
    const named =
      'host, via, forwarded, x-forwarded-for, x-forwarded-proto, x-request-id, traceparent, accept-encoding';
    const fields = [
      ['Host', 'us.example'],
      ['Connection', named],
    ] as const;
    expect(pass(fields, {}, { host: 'preserve' })).toMatchObject({
      host: 'us.example',
      via: '1.1 breakwater',
      forwarded: 'for=192.0.2.1;host=us.example;proto=http',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'http',
      'x-request-id': 'r-1',
      traceparent: '00-1',
      'accept-encoding': 'identity',
    });
  });
});
