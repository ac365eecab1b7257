import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
let caller: Conversation;
beforeAll(async () => {
  echo = await startEcho();
  const common = { public: true, target: { endpoints: [echo.url] }, upgrades: ['echo'] };
  gateway = await createGateway([
    { name: 'echo', ...common },
    { name: 'idle', ...common, timeouts: { tunnelIdleMs: 500 } },
    { name: 'single', ...common, maxConcurrent: 1 },
  ]);
});
afterEach(() => {
  caller.hangUp();
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const open = async (route: string, behind = ''): Promise<void> => {
  caller = await converse(gateway.url);
  const fields = 'Host: test\r\nConnection: Upgrade\r\nUpgrade: echo';
  caller.say(`GET /gateway/${route}/raw-upgrade HTTP/1.1\r\n${fields}\r\n\r\n${behind}`);
  await caller.hears('101 Switching Protocols');
};

describe('a tunnel', () => {
  it('in which nothing is said for too long ends, on both sides', async () => {
    await open('idle');
    await caller.closed;
    await eventually(() => expect(echo.connections).toBe(0));
  });

  it('carries what comes right behind the request, and each end by itself', async () => {
    await open('echo', 'early ');
    caller.say('late');
    await caller.hears('late');
    caller.end();
    expect(await caller.closed).toMatch(/early late$/);
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(false));
  });

  it('ends at the upstream when its caller leaves', async () => {
    await open('echo');
    caller.hangUp();
    await eventually(() => expect(echo.connections).toBe(0));
  });

  it('is one of those that a route takes at most', async () => {
    await open('single');
    const answer = await ask(`${gateway.url}/gateway/single/echo`);
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'overloaded' });
    caller.hangUp();
    await eventually(async () => expect((await ask(`${gateway.url}/gateway/single/echo`)).status).toBe(200));
  });
});
