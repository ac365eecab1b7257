import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { SystemClock } from '../../platform/clock.ts';
import { beginAttempt } from '../telemetry/attempt-record.ts';
import { createTransport, type Transport } from './transport.ts';

const clock = new SystemClock();
let server: FaultServer;
let transport: Transport;

beforeEach(async () => {
  server = await startFaultServer();
  transport = createTransport({
    origins: [server.url],
    options: { connectTimeoutMs: 1_000, keepAliveMs: 4_000 },
    clock,
  });
});
afterEach(async () => {
  await transport.close();
  await server.close();
});

const send = (path: string, parts: CallParts = {}) => transport.send(buildCall({ origin: server.url, ...parts, path }));

describe('the transport', () => {
  it('sends method, path, headers and body as they are', async () => {
    const answer = await send('/echo/a%2Fb?q=%20', { method: 'PATCH', headers: { 'x-a': ['1', '2'] }, body: 'häl lo' });
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      method: 'PATCH',
      path: '/echo/a%2Fb',
      headers: { 'x-a': '1, 2' },
      body: 'häl lo',
    });
    expect(server.requestsSeen.at(-1)?.query.get('q')).toBe(' ');
  });

  it.each([
    ['bytes', new TextEncoder().encode('once')],
    ['a stream', Readable.from(['on', 'ce'])],
  ])('sends %s', async (_what, body) => {
    expect(JSON.parse((await send('/echo', { method: 'PUT', body })).body.toString())).toMatchObject({ body: 'once' });
  });

  it('gives status, headers and the whole body', async () => {
    const { status, headers, body } = await send('/redirect');
    expect([status, headers['location'], body]).toEqual([302, server.elsewhere.url, Buffer.alloc(0)]);
    expect(server.elsewhere.hits).toBe(0);
  });

  it('uses a connection again', async () => {
    for (let call = 0; call < 20; call += 1) await send('/ok');
    // The next call may come just before the last connection is idle again.
    expect(server.openSockets).toBeLessThanOrEqual(2);
  });

  it('records when the first byte came', async () => {
    const call = buildCall({ origin: server.url, path: '/slow?ms=30' });
    Object.assign(call.receipt, { startedAt: clock.now() });
    const record = beginAttempt(call.receipt, clock);
    await transport.send(call);
    expect(record.firstByteMs).toBeGreaterThan(25);
  });
});
