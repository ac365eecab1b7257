import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { accessLineOf } from '../../support/access-log.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { GuestbookModule } from './guestbook.module.ts';
import { RAW, RawModule, RawRoutes } from './raw.module.ts';

const LIMIT_MS = 60_000;
const ENTRY = JSON.stringify({ author: 'Ada', address: { city: 'London' } });

let clock: FakeClock;
let breakwater: TestApp;
let caller: Conversation;
beforeEach(async () => {
  clock = new FakeClock();
  breakwater = await createApp({
    imports: [GuestbookModule, RawModule],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
  caller = await converse(breakwater.url);
});
afterEach(async () => {
  caller.hangUp();
  await breakwater.close();
});

const post = (path: string, ...fields: string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: test', 'Content-Type: application/json', ...fields, '\r\n'].join('\r\n');
const LENGTH = `Content-Length: ${ENTRY.length}`;

/** Says it, and waits until it is being timed. */
const begin = async (bytes: string): Promise<void> => {
  const before = clock.pending;
  caller.say(bytes);
  await eventually(() => expect(clock.pending).toBe(before + 1));
};

describe('a body', () => {
  it.each<[string, string]>([
    ['that never comes', post('/api/v1/guestbook', LENGTH)],
    ['that stops half way', `${post('/api/v1/guestbook', LENGTH)}{"author"`],
    ['in chunks without a last one', `${post('/api/v1/guestbook', 'Transfer-Encoding: chunked')}5\r\n{"aut\r\n`],
  ])('%s is 408 after a minute, and the connection is closed', async (_what, bytes) => {
    await begin(bytes);
    await clock.advance(LIMIT_MS - 1);
    expect(caller.heard()).toBe('');
    await clock.advance(1);
    const heard = await caller.closed;
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
    expect(heard).toMatch(/^connection: close\r$/im);
    expect(heard).toContain('"detail":"The request took too long to arrive"');
    expect(clock.pending).toBe(0);
  });

  it('that comes slowly is not waited for any longer', async () => {
    await begin(post('/api/v1/guestbook', LENGTH, 'X-Request-Id: slow'));
    for (let at = 0; at < 6; at += 1) {
      caller.say(ENTRY.charAt(at));
      await clock.advance(LIMIT_MS / 6);
    }
    expect(await caller.closed).toMatch(/^HTTP\/1.1 408 /);
    expect(await accessLineOf(breakwater, 'slow')).toMatchObject({ status: 408, failure: { code: 'invalid_request' } });
  });

  it('that comes in time is forgotten', async () => {
    await begin(post('/api/v1/guestbook', LENGTH, 'Connection: close'));
    await clock.advance(LIMIT_MS - 1);
    caller.say(ENTRY);
    expect(await caller.closed).toMatch(/^HTTP\/1.1 201 /);
    await eventually(() => expect(clock.pending).toBe(0));
  });

  it('leaves nothing behind on a connection that goes on', async () => {
    const { listeners } = breakwater.app.get(RawRoutes);
    for (let count = 1; count <= 5; count += 1) {
      caller.say(post('/api/v1/guestbook', LENGTH) + ENTRY + post(`${RAW}/upgrade`, 'Content-Length: 0'));
      await eventually(() => expect(listeners.length).toBe(count));
    }
    expect(new Set(listeners).size).toBe(1);
  });

  it('of a caller who leaves is forgotten', async () => {
    await begin(post('/api/v1/guestbook', LENGTH));
    caller.hangUp();
    await eventually(() => expect(clock.pending).toBe(0));
  });

  it('that goes on behind its answer ends with the connection', async () => {
    await begin(post('/api/v1/nowhere', 'Content-Length: 1000000'));
    caller.say('GET / HTTP');
    await clock.advance(LIMIT_MS);
    await caller.closed;
    expect(clock.pending).toBe(0);
  });
});

describe('a body that is streamed', () => {
  it('may take any time', async () => {
    caller.say(post(`${RAW}/echo`, 'Content-Length: 10', 'Connection: close'));
    for (let at = 0; at < 10; at += 1) {
      await clock.advance(LIMIT_MS);
      caller.say('x');
    }
    expect(await caller.closed).toContain('"body":"xxxxxxxxxx"');
    expect(clock.pending).toBe(0);
  });

  it('may not go on for more than a minute when it has been answered', async () => {
    await begin(post(`${RAW}/refuse`, 'Content-Length: 1000000'));
    await caller.hears('{"refused":true}');
    caller.say('x');
    await clock.advance(LIMIT_MS - 1);
    expect(caller.hasClosed()).toBe(false);
    await clock.advance(1);
    await caller.closed;
    expect(clock.pending).toBe(0);
  });
});

describe('a request without a body', () => {
  it.each(['GET', 'POST', 'DELETE'])('is not timed: %s', async (method) => {
    caller.say(`${method} /nowhere HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n`);
    await caller.hears('404');
    expect(clock.pending).toBe(0);
  });
});
