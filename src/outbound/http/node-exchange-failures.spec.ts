import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { LyingResolver } from '../../../test/support/lying-resolver.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { SystemClock } from '../../platform/clock.ts';
import { guardedConnector } from '../egress/guarded-connector.ts';
import { reachOf } from '../egress/reach.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Reply } from './call.ts';
import { sendThroughNode } from './node-exchange.ts';

const clock = new SystemClock();
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

interface Parts extends CallParts {
  readonly origin?: string;
  readonly declared?: string;
}

const send = (path: string, { origin = server.url, declared = '127.0.0.1', ...parts }: Parts = {}): Promise<Reply> => {
  const resolver = new LyingResolver(() => ['127.0.0.1']);
  const connect = guardedConnector({ connectTimeoutMs: 1_000, resolver, reach: reachOf(declared, 'public') });
  return sendThroughNode(buildCall({ origin, streams: true, ...parts, path }), { connect, origin }, clock);
};

/** Reads it to its end, so that what breaks off while it comes is seen, too. */
const whole = async (sent: Promise<Reply>): Promise<string> => {
  const { rest, body } = await sent;
  if (!rest) return body.toString();
  return new Promise((onEnd, onError) => rest.read({ onData: () => true, onEnd: () => onEnd(''), onError }));
};

const failureOf = async (path: string, parts: Parts = {}): Promise<UpstreamError> => {
  const error = await rejectionOf(whole(send(path, parts)));
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
};

/** Fails by itself while it is read. */
const failingBody = (failure: Error): Readable => {
  const body = new Readable({ read: () => body.destroy(failure) }).on('error', () => undefined);
  return Object.assign(body, { failure });
};

describe('an attempt through Node, when it fails', () => {
  it.each([
    ['/reset-before', 'upstream_unreachable', true],
    ['/reset-after', 'upstream_unreachable', true],
    ['/truncated', 'upstream_unreachable', true],
    ['/truncated-chunked', 'upstream_unreachable', true],
    ['/malformed-chunk', 'upstream_invalid_answer', false],
    ['/malformed-status', 'upstream_invalid_answer', false],
    ['/huge-headers', 'upstream_invalid_answer', false],
  ])('fails over %s with %s (transient: %s)', async (path, code, transient) => {
    expect(await failureOf(path)).toMatchObject({ code, transient, sent: true });
  });

  it('knows that nothing was sent when the connection is refused, and leaves the body to others', async () => {
    const body = Readable.from(['body']);
    expect(await failureOf('/ok', { origin: server.refusedUrl, method: 'PUT', body })).toMatchObject({
      reason: 'ECONNREFUSED',
      sent: false,
      transient: true,
    });
    expect([body.destroyed, body.readableDidRead]).toEqual([false, false]);
  });

  it('trusts no certificate that is not to be trusted', async () => {
    const { received } = server;
    const failed = await failureOf('/ok', { origin: server.tlsUrl });
    expect(failed).toMatchObject({ code: 'upstream_unreachable', sent: false, transient: false });
    expect(server.received).toBe(received);
  });

  it('goes nowhere that the egress policy forbids', async () => {
    const origin = server.url.replace('127.0.0.1', 'api.example.com');
    expect(await failureOf('/ok', { origin, declared: 'api.example.com' })).toMatchObject({
      sent: false,
      transient: false,
    });
  });

  it('does not take what cannot be sent for a failure of the upstream', async () => {
    const { received } = server;
    for (const headers of [{ 'x-name': 'a\nb' }, { 'a b': 'c' }]) {
      expect(await rejectionOf(send('/ok', { headers }))).toMatchObject({ name: 'TypeError' });
    }
    expect(await rejectionOf(send('/not encoded'))).toMatchObject({ name: 'TypeError' });
    expect(server.received).toBe(received);
  });

  it('fails with what the body failed with', async () => {
    const failure = new Error('the caller sent too much');
    expect(await rejectionOf(send('/ok', { method: 'PUT', body: failingBody(failure) }))).toBe(failure);
    const gone = failingBody(failure);
    gone.destroy(failure);
    expect(await rejectionOf(send('/ok', { method: 'PUT', body: gone }))).toBe(failure);
  });

  it('fails when the body is taken back', async () => {
    const body = new Readable({ read: () => body.destroy() });
    expect(await failureOf('/ok', { method: 'PUT', body })).toMatchObject({ code: 'upstream_unreachable' });
  });
});

describe('an attempt through Node, when it is aborted', () => {
  const reason = new Error('the caller left');

  it('sends nothing when that was before', async () => {
    const { received } = server;
    expect(await rejectionOf(send('/ok', { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const controller = new AbortController();
    const connecting = rejectionOf(send('/ok', { signal: controller.signal }));
    controller.abort(reason);
    expect(await connecting).toBe(reason);
    await whole(send('/ok'));
    expect(server.received).toBe(received + 1);
  });

  it.each(['/hang', '/slow-headers'])('hangs up on %s, and destroys the body', async (path) => {
    const controller = new AbortController();
    const body = new Readable({ read: () => undefined });
    const { received } = server;
    const headers = { 'content-length': '0' };
    const ended = rejectionOf(send(path, { method: 'PUT', body, headers, signal: controller.signal }));
    await eventually(() => expect(server.received).toBe(received + 1));
    controller.abort(reason);
    expect(await ended).toBe(reason);
    await server.whenAborted(path);
    await eventually(() => expect([body.destroyed, server.openSockets]).toEqual([true, 0]));
  });
});
