import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { atAHalt } from '../../../test/support/at-a-halt.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock, settled } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { discardRest } from './discard-rest.ts';
import { RequestBody } from './request-body.ts';

const MIB = 1024 * 1024;

let listening: Listening;
let serve: (incoming: IncomingMessage, response: ServerResponse) => void;
const server = createServer((incoming, response) => serve(incoming, response));
server.on('checkContinue', (incoming: IncomingMessage, response: ServerResponse) => serve(incoming, response));
let clock: FakeClock;

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => void (clock = new FakeClock()));

const bodyOf = (incoming: IncomingMessage, response: ServerResponse): RequestBody =>
  new RequestBody(incoming, { maxBytes: Infinity, idleMs: 60_000, clock, response });

/** Reads as much as a body holds, destroys it with an error, as undici does, and then answers. */
const giveUp = (incoming: IncomingMessage, response: ServerResponse): void => {
  const body = bodyOf(incoming, response);
  body.on('error', () => response.write('told of an error that is not its own, '));
  body.once('close', () => response.end('sorry'));
  incoming.once('pause', () => body.destroy(new Error('the upstream is gone')));
  body.read(0);
};

/** A caller that says what length its body has. What it has been told so far is in `heard`. */
const call = async (length: number, header = 'X-None: 0'): Promise<{ socket: Socket; heard: () => string }> => {
  const socket = connect(listening.port, '127.0.0.1').on('error', () => undefined);
  let heard = '';
  await once(socket, 'connect');
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.write(`PUT / HTTP/1.1\r\nHost: test\r\nContent-Length: ${length}\r\n${header}\r\n\r\n`);
  return { socket, heard: () => heard };
};

describe('the rest of a body that nobody wants', () => {
  it('is taken in, so that a caller which sends all before it reads gets its answer and can go on', async () => {
    serve = giveUp;
    const { socket, heard } = await call(MIB);
    socket.pause();
    await new Promise((resolve) => socket.write(Buffer.alloc(MIB), resolve));
    socket.resume();
    await eventually(() => expect(heard()).toContain('\r\n\r\nsorry'));
    serve = (_incoming, response) => void response.end('next');
    socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
    await eventually(() => expect(heard()).toContain('next'));
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('is not taken in beyond 1 MiB, and the caller can still be answered', async () => {
    serve = giveUp;
    const { socket, heard } = await call(1024 * MIB);
    let taken = 0;
    const pour = (): void => void socket.write(Buffer.alloc(MIB), (failed) => failed || ((taken += 1), pour()));
    pour();
    await eventually(() => expect(heard()).toContain('\r\n\r\nsorry'));
    // Buffers of the system included.
    expect(await atAHalt(() => taken)).toBeLessThan(32);
    await eventually(() => expect(clock.pending).toBe(1));
    await clock.advance(4_999);
    expect(socket.destroyed).toBe(false);
    await clock.advance(1);
    await eventually(() => expect([socket.destroyed, clock.pending]).toEqual([true, 0]));
  });

  it('ends with its connection when it takes too long after the answer, however long the answer takes', async () => {
    let finish = (): unknown => undefined;
    serve = (incoming, response) => {
      bodyOf(incoming, response).destroy();
      response.write('the long ');
      finish = () => response.end('answer');
    };
    const { socket, heard } = await call(100);
    await eventually(() => expect(heard()).toContain('the long '));
    await clock.advance(60_000);
    finish();
    await eventually(() => expect([heard(), clock.pending]).toEqual([expect.stringContaining('answer'), 1]));
    await clock.advance(5_000);
    await eventually(() => expect(socket.destroyed).toBe(true));
  });

  it('is not asked for when the caller waits to be asked', async () => {
    let readers: number | undefined;
    serve = (incoming, response) => {
      bodyOf(incoming, response).destroy();
      readers = incoming.listenerCount('data');
      response.end('sorry');
    };
    const { socket, heard } = await call(100, 'Expect: 100-continue');
    await eventually(() => expect(heard()).toContain('sorry'));
    expect(readers).toBe(0);
    socket.destroy();
  });

  it('is nobody’s concern once the caller has left', async () => {
    const given = Promise.withResolvers<RequestBody>();
    serve = (incoming, response) => {
      const body = bodyOf(incoming, response);
      body.destroy(new Error('the upstream is gone'));
      response.end('sorry');
      given.resolve(body);
    };
    const { socket } = await call(100);
    const body = await given.promise;
    await eventually(() => expect(clock.pending).toBe(1));
    socket.destroy();
    await eventually(() => expect(clock.pending).toBe(0));
    await settled();
    expect([body.failure, listening.sockets.size]).toEqual([undefined, 0]);
  });

  it('is not waited for when its connection is gone already', async () => {
    const arrived = Promise.withResolvers<[IncomingMessage, ServerResponse]>();
    serve = (...arrival) => arrived.resolve(arrival);
    const { socket } = await call(MIB);
    const [incoming, response] = await arrived.promise;
    socket.destroy();
    await eventually(() => expect(incoming.socket.closed).toBe(true));
    discardRest(incoming, response, clock);
    expect([clock.pending, incoming.listenerCount('data')]).toEqual([0, 0]);
  });
});
