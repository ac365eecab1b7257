import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TokenVerifier } from '../../../src/inbound/authentication/token-verifier.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';
import { callerOf, KnownTokens } from '../authentication/known-callers.ts';
import { Listeners } from './listeners.ts';

const PATIENCE_MS = 20_000;
const WATCHER = 'token-of-a-watcher';

let echoes: readonly [EchoServer, EchoServer];
let gateway: GatewayApp;
let listeners: Listeners;

beforeEach(async () => {
  echoes = await Promise.all([startEcho(), startEcho()]);
  const target = {
    endpoints: echoes.map(({ url }) => url),
    balance: { slowStartMs: 0 },
    probe: { path: '/status/200?health', intervalMs: 250, timeoutMs: 250 },
    ejection: { forMs: 1 },
  };
  const tokens = new KnownTokens({ [WATCHER]: callerOf('watcher', ['providers:read']) });
  gateway = await createGateway([{ name: 'some', public: true, target }], {
    override: (builder) => withMemoryBackground(builder).overrideProvider(TokenVerifier).useValue(tokens),
  });
  listeners = new Listeners();
});
afterEach(async () => {
  await listeners.dropAll();
  await gateway.close();
  await Promise.all(echoes.map((echo) => echo.close()));
});

describe('a server that goes and comes back', () => {
  it('is told of by how many there are: its address is nobody’s business', async () => {
    const source = await listeners.listen(gateway, 'providers', WATCHER);
    const expectLast = (servers: object): Promise<void> =>
      eventually(() => expect(source.dataOf().at(-1)).toMatchObject({ name: 'gateway.some', servers }), PATIENCE_MS);
    echoes[0].fail(500);
    await expectLast({ healthy: 1, all: 2 });
    echoes[1].fail(500);
    await expectLast({ healthy: 0, all: 2 });
    for (const echo of echoes) echo.fail(undefined);
    await expectLast({ healthy: 2, all: 2 });
    const told = source.events.map(({ data }) => data).join('\n');
    expect(told).not.toMatch(/127\.0\.0\.1|localhost|http|status\/200/);
    for (const { url } of echoes) expect(told).not.toContain(`:${new URL(url).port}`);
    const keys = new Set(source.dataOf().flatMap((data) => Object.keys(data as object)));
    expect([...keys].sort()).toEqual(['circuit', 'instance', 'isConfigured', 'name', 'servers', 'verdict']);
  }, 70_000);
});
