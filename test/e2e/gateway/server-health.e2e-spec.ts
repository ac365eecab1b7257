import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from '../../support/ask.ts';
import { startLoad } from '../../support/constant-load.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { serversOf } from '../../support/server-states.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const LONG_MS = 600_000;

let echoes: EchoServer[];
let gateway: GatewayApp;

const open = async (target: object): Promise<void> => {
  const endpoints = echoes.map(({ url }) => url);
  gateway = await createGateway([
    { name: 'some', public: true, target: { endpoints, balance: { slowStartMs: 0 }, ...target } },
  ]);
};

beforeEach(async () => {
  echoes = await Promise.all([startEcho(), startEcho()]);
});
afterEach(async () => {
  await gateway.close();
  await Promise.all(echoes.map((echo) => echo.close()));
});

const url = (path: string): string => `${gateway.url}/gateway/some${path}`;

const expectState = ({ url: id }: EchoServer, state: string): Promise<void> =>
  eventually(async () => expect((await serversOf(gateway.url, 'some')).get(id)?.state).toBe(state));

const receivedBy = ({ requests }: EchoServer, path: string): number =>
  requests.filter((request) => request.url === path).length;

describe('a server that says it is not well', () => {
  it('gets no requests, and gets them again when it says it is', async () => {
    await open({ probe: { path: '/status/200?health', intervalMs: 250, timeoutMs: 250 }, ejection: { forMs: 1 } });
    const [unwell] = echoes as [EchoServer];
    unwell.fail(500);
    await expectState(unwell, 'unhealthy');
    const load = startLoad(url('/echo'), { callers: 4 });
    await eventually(() => expect(load.answered).toBeGreaterThan(100));
    expect(receivedBy(unwell, '/echo')).toBe(0);
    unwell.fail(undefined);
    await expectState(unwell, 'healthy');
    await eventually(() => expect(receivedBy(unwell, '/echo')).toBeGreaterThan(10));
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(unwell.requests.filter(({ url: path }) => path === '/status/200?health').length).toBeGreaterThan(2);
  });

  it('gets them all the same when all say so', async () => {
    await open({ probe: { path: '/status/503', intervalMs: 250, timeoutMs: 250 } });
    await Promise.all(echoes.map((echo) => expectState(echo, 'unhealthy')));
    for (let time = 0; time < 10; time += 1) expect((await ask(url('/echo'))).status).toBe(200);
  });
});

describe('a server that breaks off in the middle of its answers', () => {
  const breaks = (): Promise<string> =>
    ask(url('/break')).then(
      ({ status }) => String(status),
      () => 'broken off',
    );

  it('lets the caller see it: what has begun is not begun anew', async () => {
    await open({});
    expect(await breaks()).toBe('broken off');
    expect(echoes.map(({ received }) => received).toSorted()).toEqual([0, 1]);
  });

  it('is left out as one that cannot be reached', async () => {
    await open({ ejection: { forMs: LONG_MS, maxMs: LONG_MS } });
    for (let time = 0; time < 20; time += 1) await breaks();
    const states = [...(await serversOf(gateway.url, 'some')).values()].map(({ state }) => state);
    expect(states.toSorted()).toEqual(['ejected', 'healthy']);
  });
});
