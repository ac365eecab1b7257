import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall } from '../../../test/support/build-call.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { startEcho, type EchoServer } from '../../../test/upstreams/echo.stand-in.ts';
import { SystemClock } from '../../platform/clock.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { createTransport, type Transport } from './transport.ts';

let echo: EchoServer;
let transport: Transport;
let endpoint: Endpoint;

beforeEach(async () => {
  echo = await startEcho();
  endpoint = { id: 'one', origin: echo.url, weight: 1, priority: 0 };
  const options = { connectTimeoutMs: 1_000, keepAliveMs: 60_000, network: 'private' } as const;
  transport = createTransport({ origins: ['http://one.invalid'], options, clock: new SystemClock() });
});
afterEach(async () => {
  await transport.close();
  await echo.close();
});

const send = (path: string) => transport.send(buildCall({ origin: 'http://one.invalid', path, endpoint }));

describe('a server that is forgotten', () => {
  it('answers what is under way; then its connections are closed', async () => {
    const answered = send('/hang');
    await eventually(() => expect(echo.received).toBe(1));
    transport.forget(endpoint);
    echo.release();
    expect((await answered).status).toBe(200);
    await eventually(() => expect(echo.connections).toBe(0));
  });

  it('and closed with the rest while it still answers, is over at once', async () => {
    const broken = expect(send('/hang')).rejects.toMatchObject({ code: 'upstream_unreachable' });
    await eventually(() => expect(echo.received).toBe(1));
    transport.forget(endpoint);
    await transport.close();
    await broken;
    await eventually(() => expect(echo.connections).toBe(0));
  });

  // jest fails on rejections that nobody handles.
  it('when all are closed already, is none the worse for it', async () => {
    await send('/echo');
    await transport.close();
    transport.forget(endpoint);
    await eventually(() => expect(echo.connections).toBe(0));
  });
});
