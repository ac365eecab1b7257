import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { GuestbookModule } from './guestbook.module.ts';
import { RAW, RawModule, RawRoutes } from './raw.module.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const ENTRY = JSON.stringify({ author: 'Ada', address: { city: 'London' } });

let breakwater: TestApp;
let caller: Conversation;
beforeAll(async () => {
  breakwater = await createApp({ imports: [RawModule, GuestbookModule], env: { BODY_LIMIT_BYTES: '1024' } });
});
beforeEach(async () => void (caller = await converse(breakwater.url)));
afterEach(() => caller.hangUp());
afterAll(() => breakwater.close());

const head = (path: string, length: number, ...fields: string[]): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: test',
    'Expect: 100-continue',
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    ...fields,
    '\r\n',
  ].join('\r\n');

describe('a caller who waits to be told to go on', () => {
  it.each([
    ['/api/v1/guestbook', 201],
    [`${RAW}/echo`, 200],
  ])('is told when its body is read, once: %s', async (path, status) => {
    caller.say(head(path, ENTRY.length, 'Connection: close'));
    await caller.hears(CONTINUE);
    caller.say(ENTRY);
    const heard = await caller.closed;
    expect(heard.startsWith(`${CONTINUE}HTTP/1.1 ${status} `)).toBe(true);
    expect(heard.split(CONTINUE).length).toBe(2);
  });

  it('may not wait after all', async () => {
    caller.say(head(`${RAW}/echo`, 5, 'Connection: close') + 'hello');
    expect(await caller.closed).toContain('"body":"hello"');
  });

  it.each([
    [`${RAW}/refuse`, ENTRY.length, 403],
    ['/api/v1/guestbook', 2_000, 413],
    ['/api/v1/webhooks/cms', ENTRY.length, 503],
  ])('is not told when it is refused: %s', async (path, length, status) => {
    caller.say(head(path, length));
    await caller.hears(`HTTP/1.1 ${status} `);
    // A body may follow or not: nobody can tell.
    const heard = await caller.closed;
    expect(heard.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(heard).toMatch(/^connection: close\r$/im);
    expect(heard).not.toContain('100 Continue');
  });

  it('is not told when the request is refused for its framing', async () => {
    caller.say(head(`${RAW}/echo`, 5, 'Host: evil.example'));
    expect(await caller.closed).toMatch(/^HTTP\/1.1 400 /);
  });

  it('is known to who handles the request', async () => {
    const routes = breakwater.app.get(RawRoutes);
    routes.expecting.length = 0;
    caller.say(head(`${RAW}/refuse`, 5));
    await caller.closed;
    const other = await converse(breakwater.url);
    other.say(`GET ${RAW}/refuse HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`);
    await other.closed;
    expect(routes.expecting).toEqual([true, false]);
  });

  it('and sends a body though it was refused does not have it executed', async () => {
    const smuggled = `GET ${RAW}/echo HTTP/1.1\r\nHost: test\r\n\r\n`;
    const { reached } = breakwater.app.get(RawRoutes);
    reached.length = 0;
    caller.say(head(`${RAW}/refuse`, smuggled.length) + smuggled);
    await caller.closed;
    expect(reached).toEqual([`POST ${RAW}/refuse`]);
  });
});
