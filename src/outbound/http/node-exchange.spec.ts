import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { reachOf } from '../egress/reach.ts';
import { guardedConnector } from '../egress/guarded-connector.ts';
import { SystemResolver } from '../egress/resolver.ts';
import { needsNode, sendThroughNode } from './node-exchange.ts';

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

let listening: Listening;
let serve: Serve;
let clock: FakeClock;
const server = createServer((request, response) => serve(request, response));
// Says 100 only when the test does.
server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => serve(request, response));

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => void (clock = new FakeClock()));

const EXPECTS = { expect: '100-continue' };

/** Knows whether anybody has begun to read it. */
const bodyOf = (content: string, trailers: Record<string, string> = {}) => {
  const body = Object.assign(Readable.from([Buffer.from(content)]), {
    reads: 0,
    failure: undefined as Error | undefined,
    trailers: () => trailers,
  });
  const read = body._read.bind(body);
  body._read = (size) => ((body.reads += 1), read(size));
  return body;
};

const send = (parts: CallParts) => {
  const origin = `http://127.0.0.1:${listening.port}`;
  const connect = guardedConnector({
    connectTimeoutMs: 1_000,
    resolver: new SystemResolver(),
    reach: reachOf('127.0.0.1', 'public'),
  });
  const call = buildCall({ origin, method: 'PUT', streams: true, ...parts });
  return sendThroughNode(call, { connect, origin }, clock);
};

const requested = (): Promise<[IncomingMessage, ServerResponse]> =>
  new Promise((resolve) => (serve = (request, response) => resolve([request, response])));

describe('a body that waits for 100', () => {
  it('is not touched before, and whole after', async () => {
    const body = bodyOf('what was asked for');
    const asked = requested();
    const heads: number[] = [];
    const sent = send({ headers: EXPECTS, body, noteHead: (status) => void heads.push(status) });
    const [request, response] = await asked;
    expect([request.headers.expect, body.reads]).toEqual(['100-continue', 0]);
    response.writeContinue();
    expect(await text(request)).toBe('what was asked for');
    response.end();
    expect([(await sent).status, heads]).toEqual([200, [100, 200]]);
    expect(clock.pending).toBe(0);
  });

  it('is never touched when the answer comes instead', async () => {
    const body = bodyOf('not wanted');
    serve = (_request, response) => void response.writeHead(413).end('too large');
    const reply = await send({ headers: EXPECTS, body });
    expect([reply.status, reply.body.toString()]).toEqual([413, 'too large']);
    await clock.advance(5_000);
    await eventually(() => expect(listening.sockets.size).toBe(0));
    expect([body.reads, body.destroyed, clock.pending]).toEqual([0, false, 0]);
  });

  it('is sent when there is no word for a second', async () => {
    const body = bodyOf('sent anyway');
    const asked = requested();
    const sent = send({ headers: EXPECTS, body });
    const [request, response] = await asked;
    await clock.advance(999);
    expect(body.reads).toBe(0);
    await clock.advance(1);
    expect(await text(request)).toBe('sent anyway');
    response.end();
    expect((await sent).status).toBe(200);
  });

  it('is sent once, however often 100 is said', async () => {
    const asked = requested();
    const sent = send({ headers: EXPECTS, body: bodyOf('once') });
    const [request, response] = await asked;
    response.writeContinue();
    response.writeContinue();
    await clock.advance(1_000);
    expect(await text(request)).toBe('once');
    response.end();
    await sent;
  });

  it('is told of every other interim answer, too', async () => {
    const heads: unknown[] = [];
    serve = (_request, response) => {
      response.writeEarlyHints({ link: ['</a.css>; rel=preload', '</b.css>; rel=preload'] });
      response.end();
    };
    await send({ headers: EXPECTS, body: bodyOf(''), noteHead: (status, { link }) => void heads.push([status, link]) });
    expect(heads).toContainEqual([103, '</a.css>; rel=preload, </b.css>; rel=preload']);
  });
});

describe('trailers of a body', () => {
  it('are sent when they were announced and may be trailers', async () => {
    const all = { 'x-checksum': 'abc', 'x-secret': 'no', authorization: 'Bearer no', host: 'evil' };
    const trailer = 'X-Checksum, Authorization, Host';
    serve = (request, response) =>
      void request.resume().on('end', () => response.end(JSON.stringify(request.trailers)));
    const reply = await send({ headers: { trailer }, body: bodyOf('body', all) });
    expect(JSON.parse(reply.body.toString())).toEqual({ 'x-checksum': 'abc' });
  });

  it('have no place after a body of known length', async () => {
    serve = (request, response) =>
      void request.resume().on('end', () => response.end(JSON.stringify([request.headers.trailer, request.trailers])));
    const headers = { trailer: 'x-checksum', 'content-length': '4' };
    const reply = await send({ headers, body: bodyOf('body', { 'x-checksum': 'abc' }) });
    expect(JSON.parse(reply.body.toString())).toEqual([null, {}]);
  });

  it('need Node only where there is a body', async () => {
    const headers = { trailer: 'x-checksum' };
    expect(needsNode(buildCall({ headers }))).toBe(false);
    expect(needsNode(buildCall({ headers, body: bodyOf('') }))).toBe(true);
    expect(needsNode(buildCall({ body: bodyOf('') }))).toBe(false);
    expect(needsNode(buildCall({ headers: EXPECTS }))).toBe(true);
  });
});
