import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { SystemClock } from '../../platform/clock.ts';
import { createTransport, type Transport, type TransportParts } from './transport.ts';

const options = { connectTimeoutMs: 1_000, keepAliveMs: 4_000 };
let server: FaultServer;
let transport: Transport;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(async () => {
  await transport.close();
  await server.close();
});

const open = (origins: string[], more: Partial<TransportParts> = {}): void => {
  transport = createTransport({ origins, options, clock: new SystemClock(), ...more });
};
const send = (origin: string) => transport.send(buildCall({ origin, path: '/ok' }));

const REFUSED = { code: 'upstream_unreachable', sent: false, transient: false };

describe('the transport, of several origins', () => {
  it('connects to those that are declared', async () => {
    open([server.url, server.elsewhere.url]);
    expect((await send(server.url)).status).toBe(200);
    expect((await send(server.elsewhere.url)).status).toBe(200);
    expect([server.received, server.elsewhere.hits]).toEqual([1, 1]);
  });

  it('refuses all others before any connection, other ports, schemes and spellings included', async () => {
    open([server.url]);
    const port = new URL(server.url).port;
    const others = [
      server.elsewhere.url,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      `${server.url}/`,
      '',
    ];
    for (const other of others) {
      const reason = 'not an origin of this provider';
      expect(await rejectionOf(send(other))).toMatchObject({ ...REFUSED, reason });
    }
    expect([server.openSockets, server.elsewhere.hits]).toEqual([0, 0]);
  });

  it('connects to none before it is called, and to none after it is closed', async () => {
    open([server.url, server.elsewhere.url]);
    await send(server.url);
    await transport.close();
    for (const origin of [server.url, server.elsewhere.url]) {
      expect(await rejectionOf(send(origin))).toMatchObject({ code: 'upstream_unreachable', sent: false });
    }
    expect([server.received, server.elsewhere.hits]).toEqual([1, 0]);
  });
});

describe('the transport, when a name leads where it may not', () => {
  const at = (name: string): string => server.url.replace('127.0.0.1', name);

  it.each(['127.0.0.1', '::1', '169.254.169.254', '10.0.0.1'])(
    'does not connect to %s, and says so',
    async (address) => {
      const resolver = new LyingResolver(() => [address]);
      open([at('api.example.com')], { resolver });
      const failed = await rejectionOf(send(at('api.example.com')));
      expect(failed).toMatchObject({ ...REFUSED, reason: expect.stringContaining('EGRESS_REFUSED') });
      expect(JSON.stringify(failed) + String(failed)).not.toContain(address);
      expect(server.openSockets).toBe(0);
    },
  );

  it('lets no private network be this machine', async () => {
    const resolver = new LyingResolver(() => ['127.0.0.1']);
    open([at('api.example.com')], { resolver, options: { ...options, network: 'private' } });
    expect(await rejectionOf(send(at('api.example.com')))).toMatchObject(REFUSED);
  });

  it.each(['localhost', 'api.localhost', 'api', 'api.internal'])(
    'connects by the name %s, which says it',
    async (name) => {
      open([at(name)], { resolver: new LyingResolver(() => ['127.0.0.1']) });
      expect((await send(at(name))).status).toBe(200);
    },
  );

  it('fails as usual when there is no such name', async () => {
    open([at('api.example.com')], { resolver: new LyingResolver(() => []) });
    expect(await rejectionOf(send(at('api.example.com')))).toMatchObject({ reason: 'ENOTFOUND', transient: true });
  });
});
