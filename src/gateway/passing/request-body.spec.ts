import { createServer, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { atAHalt } from '../../../test/support/at-a-halt.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { BodyStalled } from './body-stalled.ts';
import { BodyTooLarge } from './body-too-large.ts';
import { readSmallBody } from './read-small-body.ts';
import { RequestBody, type RequestBodyParts } from './request-body.ts';

const PIECE = Buffer.alloc(64 * 1024, 'x');

let listening: Listening;
let arrived: (arrival: { incoming: IncomingMessage; response: ServerResponse }) => void;
const server = createServer((incoming, response) => arrived({ incoming, response }));
let clock: FakeClock;

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => void (clock = new FakeClock()));

interface Sent {
  readonly caller: ClientRequest;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** What a body is made of, when the test says nothing else. */
  readonly parts: RequestBodyParts;
}

/** A caller that has sent its head, and `first` of its body. */
const begin = async (first = '', headers: Record<string, string> = {}): Promise<Sent> => {
  const arrival = new Promise<Parameters<typeof arrived>[0]>((resolve) => (arrived = resolve));
  const caller = ask({ port: listening.port, host: '127.0.0.1', method: 'PUT', headers }).on('error', () => undefined);
  caller.flushHeaders();
  if (first) caller.write(first);
  const { incoming, response } = await arrival;
  return { caller, incoming, response, parts: { maxBytes: 1_000, idleMs: 1_000, clock, response } };
};

/** Reads to the end; what it failed with. */
const failureOf = (body: RequestBody): Promise<unknown> =>
  new Promise((resolve) =>
    body
      .once('error', resolve)
      .once('end', () => resolve('whole'))
      .resume(),
  );

const answerOf = (caller: ClientRequest): Promise<string> =>
  new Promise((resolve, reject) => caller.once('response', (answer) => resolve(text(answer))).once('error', reject));

describe('the body of a request', () => {
  it.each([1_000, 1_001])('may have 1000 bytes: %i', async (length) => {
    const { caller, incoming, parts } = await begin('x'.repeat(length - 1));
    caller.end('x');
    const body = new RequestBody(incoming, parts);
    const ended = await failureOf(body);
    expect(ended).toEqual(length === 1_000 ? 'whole' : expect.any(BodyTooLarge));
    expect(body.failure).toBe(length === 1_000 ? undefined : ended);
  });

  it('fails when the caller leaves in the middle of it, or has left before', async () => {
    const { caller, incoming, parts } = await begin('some of it');
    const body = new RequestBody(incoming, parts);
    const failed = failureOf(body);
    await eventually(() => expect(clock.pending).toBe(1));
    caller.destroy();
    expect(await failed).toBeInstanceOf(CallerGone);
    expect(await failureOf(new RequestBody(incoming, parts))).toBeInstanceOf(CallerGone);
    expect([clock.pending, incoming.listenerCount('data'), incoming.listenerCount('close')]).toEqual([0, 0, 0]);
  });

  it('fails when nothing comes while it is read, and not while nobody reads', async () => {
    const { caller, incoming, response, parts } = await begin('some of it');
    const body = new RequestBody(incoming, parts);
    await clock.advance(10_000);
    const failed = failureOf(body);
    await settled();
    await clock.advance(999);
    expect(body.failure).toBeUndefined();
    await clock.advance(1);
    expect(await failed).toBeInstanceOf(BodyStalled);
    const answered = answerOf(caller);
    response.end('too slow');
    expect(await answered).toBe('too slow');
  });

  it('is not read before somebody wants it, and says so once', async () => {
    const { caller, incoming, parts } = await begin('some ');
    let reads = 0;
    const body = new RequestBody(incoming, { ...parts, onFirstRead: () => (reads += 1) });
    await settled();
    expect([reads, incoming.isPaused(), incoming.readableDidRead]).toEqual([0, false, false]);
    caller.end('of it');
    expect([await text(body), reads, clock.pending]).toEqual(['some of it', 1, 0]);
  });

  it('tells its trailers', async () => {
    const { caller, incoming, parts } = await begin('body', { trailer: 'x-checksum' });
    caller.addTrailers({ 'x-checksum': 'abc' });
    caller.end();
    const body = new RequestBody(incoming, parts);
    await text(body);
    expect(body.trailers()).toEqual({ 'x-checksum': 'abc' });
  });

  it('comes as fast as it is read', async () => {
    const { caller, incoming, parts } = await begin();
    const body = new RequestBody(incoming, { ...parts, maxBytes: Infinity });
    let written = 0;
    const pour = (): void => {
      while (written < 500) if (((written += 1), !caller.write(PIECE))) return void caller.once('drain', pour);
      caller.end();
    };
    body.read(0);
    pour();
    expect(await atAHalt(() => written)).toBeLessThan(500);
    expect(body.readableLength).toBeLessThanOrEqual(4 * PIECE.length);
    // Nobody reads: no silence is too long.
    await clock.advance(10_000);
    let length = 0;
    for await (const chunk of body) length += (chunk as Buffer).length;
    expect(length).toBe(500 * PIECE.length);
  });

  it('may be small enough to be read at once', async () => {
    const { caller, incoming, parts } = await begin('some ', { 'content-length': '10' });
    caller.end('of it');
    expect((await readSmallBody(incoming, parts)).toString()).toBe('some of it');
    const broken = await begin('some ', { 'content-length': '10' });
    const read = readSmallBody(broken.incoming, broken.parts).catch((error: unknown) => error);
    await settled();
    broken.caller.destroy();
    expect(await read).toBeInstanceOf(CallerGone);
  });
});
