import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import type { Reply } from './call.ts';
import type { ReplySink } from './reply-stream.ts';

let server: Listening;
let fixture: BuiltProvider;
/** What the upstream does next. */
let finish: () => unknown;

afterEach(async () => {
  await fixture.provider.close();
  await server.close();
});

const upstream = async (listener: RequestListener): Promise<void> => {
  const http: Server = createServer(listener);
  server = await listenLocally(http);
  fixture = buildProvider({ baseUrl: `http://127.0.0.1:${server.port}`, maxAttempts: 1 });
};

const relay = (cache: 'off' | { ttlMs: number } = 'off'): Promise<Reply> => {
  const { provider } = fixture;
  return provider.relay({
    operation: provider.createOperation('GET', 'pass', { cache, attemptTimeoutMs: 5_000, maxResponseBytes: 100_000 }),
    method: 'GET',
    path: '/',
    headers: {},
    body: null,
    deadlineAt: Infinity,
    signal: new AbortController().signal,
  });
};

class Taken implements ReplySink {
  text = '';
  isOver = false;
  error: Error | undefined;
  trailers: unknown;

  onData(chunk: Buffer): boolean {
    this.text += chunk.toString();
    return true;
  }

  onEnd(trailers: unknown): void {
    this.isOver = true;
    this.trailers = trailers;
  }

  onError(error: Error): void {
    this.error = error;
  }
}

const read = (reply: Reply): Taken => {
  const taken = new Taken();
  reply.rest?.read(taken);
  return taken;
};

describe('an answer that is passed on', () => {
  it('is whole when it is small: head and body come in one piece', async () => {
    await upstream((_request, response) => response.end('small'));
    const reply = await relay();
    expect(reply).toMatchObject({ status: 200, body: Buffer.from('small') });
    expect(reply.rest).toBeUndefined();
  });

  it('is handed on as soon as its head is there', async () => {
    await upstream((_request, response) => response.write('first'));
    const reply = await relay();
    const taken = read(reply);
    expect(reply.status).toBe(200);
    await eventually(() => expect(reply.body.toString() + taken.text).toBe('first'));
    expect(taken.isOver).toBe(false);
    reply.rest!.leave(new Error('enough'));
  });

  it('comes to its end with its trailers', async () => {
    await upstream((_request, response) => {
      response.writeHead(200, { trailer: 'x-sum' }).write('first');
      finish = () => {
        response.addTrailers({ 'x-sum': '5' });
        response.end();
      };
    });
    const taken = read(await relay());
    finish();
    await eventually(() => expect(taken).toMatchObject({ isOver: true, trailers: { 'x-sum': '5' } }));
  });

  it('tells when it breaks off', async () => {
    await upstream((_request, response) => {
      response.write('first');
      finish = () => response.destroy();
    });
    const taken = read(await relay());
    finish();
    await eventually(() => expect(taken.error).toMatchObject({ code: 'upstream_unreachable' }));
    expect(taken.isOver).toBe(false);
  });

  it('frees its connection when nobody wants the rest', async () => {
    await upstream((_request, response) => response.write('first'));
    const reply = await relay();
    reply.rest!.leave(new Error('not wanted'));
    await eventually(() => expect(server.sockets.size).toBe(0));
  });

  it('fails as any call when no head comes', async () => {
    await upstream((_request, response) => response.destroy());
    expect(await rejectionOf(relay())).toMatchObject({ code: 'upstream_unreachable' });
  });

  it('is gathered when it may be kept, and served from the cache after that', async () => {
    let count = 0;
    await upstream((_request, response) => {
      count += 1;
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('a'.repeat(1_000));
      setImmediate(() => response.end('b'));
    });
    const first = await relay({ ttlMs: 0 });
    const second = await relay({ ttlMs: 0 });
    expect(first.body).toHaveLength(1_001);
    expect(second.body.equals(first.body)).toBe(true);
    expect(second.cache).toMatchObject({ ttlMs: expect.any(Number) });
    expect(count).toBe(1);
  });

  it('streams on when it turns out to be too large to be kept', async () => {
    await upstream((_request, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' });
      for (let at = 0; at < 20; at += 1) response.write('a'.repeat(10_000));
      response.end();
    });
    const reply = await relay({ ttlMs: 0 });
    const taken = read(reply);
    await eventually(() => expect(taken.isOver).toBe(true));
    expect(reply.body.length + taken.text.length).toBe(200_000);
    expect(reply.stored).toBeUndefined();
  });
});
