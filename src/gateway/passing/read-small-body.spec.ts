import { createServer, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { readSmallBody } from './read-small-body.ts';

const clock = new FakeClock();
let listening: Listening;
let caller: ClientRequest;
let read: Promise<unknown>;
/** Pieces of the body. */
let arrived: number;

beforeEach(async () => {
  const arrival = Promise.withResolvers<[IncomingMessage, ServerResponse]>();
  listening = await listenLocally(createServer((incoming, response) => arrival.resolve([incoming, response])));
  const headers = { 'content-length': 100 };
  caller = ask({ port: listening.port, host: '127.0.0.1', method: 'PUT', headers }).on('error', () => undefined);
  caller.flushHeaders();
  const [incoming, response] = await arrival.promise;
  const parts = { maxBytes: 1_000, idleMs: 50_000, clock, response };
  read = readSmallBody(incoming, parts).then(String, (error: unknown) => error);
  arrived = 0;
  await eventually(() => expect(incoming.listenerCount('data')).toBe(1));
  incoming.on('data', () => (arrived += 1));
});
afterEach(() => listening.close());

describe('a small body', () => {
  it('may come slowly, but not for ever', async () => {
    for (const piece of [1, 2]) {
      caller.write('x');
      await eventually(() => expect(arrived).toBe(piece));
      await clock.advance(30_000);
    }
    expect(await read).toMatchObject({ status: 408, message: 'The request took too long to arrive' });
  });

  it('that is there leaves no timer', async () => {
    caller.end('x'.repeat(100));
    expect(await read).toBe('x'.repeat(100));
    await eventually(() => expect(clock.pending).toBe(0));
  });
});
