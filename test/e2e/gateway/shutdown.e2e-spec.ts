import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const SHUTDOWN_MS = 1_000;

let echo: EchoServer;
let gateway: GatewayApp;
beforeEach(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  gateway = await createGateway([{ name: 'echo', public: true, target }], {
    env: { SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MS) },
  });
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const get = async (path: string): Promise<IncomingMessage> => {
  const request = send(`${gateway.url}/gateway/echo${path}`, { agent: false }).end();
  return ((await once(request, 'response')) as [IncomingMessage])[0];
};

const endOf = (answer: IncomingMessage): Promise<string> => text(answer).catch(() => 'broken off');

/** How long the process takes to stop. */
const stop = async (): Promise<number> => {
  const startedAt = performance.now();
  await gateway.close();
  return performance.now() - startedAt;
};

describe('when the process stops', () => {
  it('a stream without an end is cut off in time, and the upstream freed', async () => {
    const answer = await get('/sse');
    const [tookMs, end] = await Promise.all([stop(), endOf(answer)]);
    expect(end).toBe('broken off');
    expect(tookMs).toBeLessThan(SHUTDOWN_MS + 5_000);
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });

  it('a tunnel ends at once', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/gateway/echo/ws`);
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const [, [code]] = await Promise.all([stop(), once(socket, 'close')]);
    expect(code).toBe(1006);
    expect(gateway.logLines.join('')).not.toContain('cut off');
    await eventually(() => expect(echo.listeners).toBe(0));
  });

  it('an answer that is under way is finished', async () => {
    const answer = await get('/head-then-hang');
    const stopped = stop();
    echo.release();
    expect(await endOf(answer)).toBe('released');
    await stopped;
    expect(gateway.logLines.join('')).not.toContain('cut off');
  });

  it('no connection to the upstream is left', async () => {
    await endOf(await get('/echo'));
    expect(echo.connections).toBe(1);
    await stop();
    await eventually(() => expect(echo.connections).toBe(0));
  });
});
