import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { SystemClock } from '../../platform/clock.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { createTransport, type Transport } from './transport.ts';

const clock = new SystemClock();
const options = { connectTimeoutMs: 1_000, keepAliveMs: 4_000 };
const TOKEN = 'Bearer q7VtX2mKr9zLw4';
let server: FaultServer;
let origin: string;
let transport: Transport;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(() => void open(server.url));
afterEach(() => transport.close());

const open = (url: string): void => {
  origin = url;
  transport = createTransport({ origins: [url], options, clock });
};

const reopen = async (url: string): Promise<void> => {
  await transport.close();
  open(url);
};

const send = (path: string, parts: CallParts = {}) =>
  transport.send(buildCall({ origin, headers: { authorization: TOKEN }, ...parts, path }));

const failureOf = async (path: string, parts: CallParts = {}): Promise<UpstreamError> => {
  const error = await rejectionOf(send(path, parts));
  expect(error).toBeInstanceOf(UpstreamError);
  expect(JSON.stringify(error) + (error as Error).stack).not.toContain(TOKEN);
  return error as UpstreamError;
};

describe('the transport, when the connection fails', () => {
  it.each([
    ['/reset-before', 'upstream_unreachable', true],
    ['/reset-after', 'upstream_unreachable', true],
    ['/truncated', 'upstream_unreachable', true],
    ['/truncated-chunked', 'upstream_unreachable', true],
    ['/malformed-chunk', 'upstream_invalid_answer', false],
    ['/malformed-status', 'upstream_invalid_answer', false],
    ['/huge-headers', 'upstream_invalid_answer', false],
  ])('fails over %s with %s (transient: %s), its request being on its way', async (path, code, transient) => {
    expect(await failureOf(path)).toMatchObject({ code, transient, sent: true });
  });

  it('knows that nothing was sent when the connection is refused', async () => {
    await reopen(server.refusedUrl);
    expect(await failureOf('/ok')).toMatchObject({
      code: 'upstream_unreachable',
      reason: 'ECONNREFUSED',
      sent: false,
      transient: true,
    });
  });

  it('trusts no certificate that is not to be trusted', async () => {
    await reopen(server.tlsUrl);
    const { received } = server;
    expect(await failureOf('/ok')).toMatchObject({ code: 'upstream_unreachable', sent: false, transient: false });
    expect(server.received).toBe(received);
  });

  it('does not find a name that does not exist', async () => {
    await reopen('http://no-such-host.invalid');
    expect(await failureOf('/ok')).toMatchObject({ code: 'upstream_unreachable', sent: false });
  });

  it('fails when it has been closed', async () => {
    await transport.close();
    expect(await failureOf('/ok')).toMatchObject({ code: 'upstream_unreachable', sent: false });
  });

  it.each([
    ['a header value that cannot be sent', { headers: { 'x-name': 'Fl\u0101b\u00e9\n' } }],
    ['a header that is not ours to set', { headers: { connection: 'upgrade me' } }],
    ['a body that is none', { method: 'PUT', body: 7 as unknown as string }],
  ])('does not take %s for a failure of the upstream', async (_what, parts) => {
    const error = await rejectionOf(send('/ok', parts));
    expect((error as Partial<UpstreamError>).code).not.toBe('upstream_unreachable');
  });
});

describe('the transport, when the answer is too large', () => {
  it('stops reading what announces no length', async () => {
    const failed = await failureOf('/huge-body', { operation: { maxResponseBytes: 100_000 } });
    expect(failed).toMatchObject({
      code: 'upstream_invalid_answer',
      reason: 'the answer is larger than 100000 bytes',
      transient: false,
    });
    await server.whenAborted('/huge-body');
  });

  it('does not begin to read what announces too great a length', async () => {
    const failed = await failureOf('/drip', { operation: { maxResponseBytes: 999 } });
    expect(failed).toMatchObject({ code: 'upstream_invalid_answer', reason: 'the answer is larger than 999 bytes' });
    await server.whenAborted('/drip');
  });

  it('takes an answer of just the allowed size', async () => {
    expect((await send('/ok', { operation: { maxResponseBytes: 11 } })).body).toHaveLength(11);
    expect(await failureOf('/ok', { operation: { maxResponseBytes: 10 } })).toMatchObject({
      code: 'upstream_invalid_answer',
    });
  });
});

describe('the transport, when the call is aborted', () => {
  const reason = new Error('the caller left');

  it('sends nothing for a caller that has left already', async () => {
    const { received } = server;
    expect(await rejectionOf(send('/ok', { signal: AbortSignal.abort(reason) }))).toBe(reason);
    await send('/ok');
    expect(server.received).toBe(received + 1);
  });

  it.each(['/hang', '/slow-headers', '/drip/body'])('hangs up on %s at once', async (path) => {
    const controller = new AbortController();
    const { received } = server;
    const ended = rejectionOf(send(path, { signal: controller.signal }));
    while (server.received === received) await new Promise(setImmediate);
    const abortedAt = performance.now();
    controller.abort(reason);
    expect(await ended).toBe(reason);
    expect((await server.whenAborted(path)) - abortedAt).toBeLessThan(6_000);
  });

  it('sends nothing when it is aborted while it connects', async () => {
    const controller = new AbortController();
    const { received } = server;
    const ended = rejectionOf(send('/ok', { signal: controller.signal }));
    controller.abort(reason);
    expect(await ended).toBe(reason);
    await send('/ok');
    expect(server.received).toBe(received + 1);
  });
});
