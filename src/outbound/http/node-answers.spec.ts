import { createServer, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { atAHalt } from '../../../test/support/at-a-halt.ts';
import { buildCall } from '../../../test/support/build-call.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { SystemClock } from '../../platform/clock.ts';
import { guardedConnector } from '../egress/guarded-connector.ts';
import { reachOf } from '../egress/reach.ts';
import { SystemResolver } from '../egress/resolver.ts';
import type { HeaderMap } from './header-map.ts';
import { sendThroughNode } from './node-exchange.ts';

const PIECE = Buffer.alloc(64 * 1024, 'x');
const PIECES = 400;

let listening: Listening;
let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
server.on('upgrade', (_request, socket: Duplex) => void socket.end());

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());

const send = () => {
  const origin = `http://localhost:${listening.port}`;
  const reach = reachOf('localhost', 'public');
  const connect = guardedConnector({ connectTimeoutMs: 1_000, resolver: new SystemResolver(), reach });
  const call = buildCall({ origin, method: 'POST', body: 'body', streams: true, headers: { expect: '100-continue' } });
  return sendThroughNode(call, { connect, origin }, new SystemClock());
};

/** Writes as fast as the other side takes it; `written` says how far it has come. */
const pour = (response: ServerResponse, progress: { written: number }): void => {
  response.once('drain', () => pour(response, progress));
  while (progress.written < PIECES) {
    progress.written += 1;
    if (!response.write(PIECE)) return;
  }
  response.addTrailers({ 'x-pieces': String(progress.written) });
  response.end();
};

describe('an answer that comes through Node', () => {
  it('has its headers in lower case, as a list what came more than once', async () => {
    answer = (response) => {
      response.setHeader('X-Once', 'one').setHeader('X-Twice', ['one', 'two']).setHeader('Set-Cookie', 'a=b');
      response.end();
    };
    const { headers } = await send();
    expect(headers).toMatchObject({ 'x-once': 'one', 'x-twice': ['one', 'two'], 'set-cookie': 'a=b' });
  });

  it('is read as fast as it is taken, to its trailers', async () => {
    const progress = { written: 0 };
    answer = (response) => pour(response, progress);
    const { rest, body } = await send();
    // Nobody reads: what the upstream can write comes to a halt.
    expect(await atAHalt(() => progress.written)).toBeLessThan(PIECES);
    let length = body.length;
    const trailers = await new Promise<HeaderMap>((onEnd, onError) => {
      const later = (): void => void setImmediate(() => rest!.resume());
      rest!.read({ onData: (chunk) => ((length += chunk.length), later(), false), onEnd, onError });
    });
    expect([length, trailers['x-pieces']]).toEqual([PIECES * PIECE.length, String(PIECES)]);
    await eventually(() => expect(listening.sockets.size).toBe(0));
  });

  it('frees the connection when it is left', async () => {
    answer = (response) => pour(response, { written: 0 });
    const { rest } = await send();
    rest!.leave(new Error('enough'));
    await eventually(() => expect(listening.sockets.size).toBe(0));
  });

  it('is none when it goes on with another protocol', async () => {
    answer = (response) =>
      void response.socket!.write('HTTP/1.1 101 Over\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n');
    expect(await rejectionOf(send())).toMatchObject({ code: 'upstream_invalid_answer', transient: false });
    await eventually(() => expect(listening.sockets.size).toBe(0));
  });
});
