import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

const ATTEMPT_MS = 400;
const CALL_MS = 600;

let echo: EchoServer;
let gateway: GatewayApp;

beforeEach(async () => {
  echo = await startEcho();
  const timeouts = { attemptMs: ATTEMPT_MS, callMs: CALL_MS };
  gateway = await createGateway([{ name: 'up', public: true, target: { endpoints: [echo.url] }, timeouts }]);
});
afterEach(async () => {
  await gateway.close();
  await echo.close();
});

const begin = (path: string): ClientRequest => {
  const sent = request(`${gateway.url}/gateway/up${path}`, { method: 'POST', agent: false });
  sent.on('error', () => undefined).flushHeaders();
  return sent;
};

const statusOf = async (sent: ClientRequest): Promise<number | undefined> => {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  await text(response);
  return response.statusCode;
};

/** A piece each time that the one before has arrived. @returns how many bytes */
const keepMoving = async (sent: ClientRequest, forMs: number): Promise<number> => {
  const until = performance.now() + forMs;
  let bytes = 0;
  while (performance.now() < until && !sent.destroyed) {
    sent.write('piece');
    bytes += 'piece'.length;
    await eventually(() => expect(echo.requests[0]?.bodyBytes).toBe(bytes));
  }
  return bytes;
};

describe('an upload that takes longer than an answer may', () => {
  it('goes on as long as it moves', async () => {
    const sent = begin('/upload');
    const status = statusOf(sent);
    const bytes = await keepMoving(sent, 3 * CALL_MS);
    sent.end();
    expect(await status).toBe(200);
    expect(echo.requests[0]).toMatchObject({ bodyBytes: bytes, complete: true });
  });

  it('is given up when the answer to it does not come in time', async () => {
    const sent = begin('/hang');
    const status = statusOf(sent);
    sent.end('all of it');
    expect(await status).toBe(504);
  });
});
