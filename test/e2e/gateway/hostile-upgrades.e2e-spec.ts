import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';

const PLACES = 50;

let raw: RawGateway;
beforeAll(async () => {
  raw = await startRawGateway(
    ({ url }) => ({
      name: 'raw',
      public: true,
      target: { endpoints: [url] },
      upgrades: ['echo'],
      maxConcurrent: PLACES,
    }),
    ({ url }) => ({ name: 'never', public: true, target: { endpoints: [url] }, upgrades: [] }),
  );
});
beforeEach(() => raw.forget());
afterAll(() => raw.close());

const upgrade = (path: string, protocol = 'echo', ...fields: string[]): string =>
  head(`GET /gateway/${path}`, 'Connection: Upgrade', `Upgrade: ${protocol}`, ...fields);

const open = async (bytes: string): Promise<Conversation> => {
  const caller = await converse(raw.gateway.url);
  caller.say(bytes);
  return caller;
};

/** Of the upgrade that the upstream was asked for. */
const asked = (): unknown[] => raw.echo.requests.map(({ headers }) => [headers.upgrade, headers['sec-websocket-key']]);

describe('an upgrade that nobody allows', () => {
  it.each([
    ['to another protocol', upgrade('raw/raw-upgrade', 'websocket')],
    ['to several', upgrade('raw/raw-upgrade', 'echo, websocket')],
    ['to one with a version', upgrade('raw/raw-upgrade', 'echo/2')],
    ['to one that is called like a method of objects', upgrade('raw/raw-upgrade', 'constructor')],
    ['to none', upgrade('raw/raw-upgrade', '')],
    ['to h2c', upgrade('raw/raw-upgrade', 'h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA')],
    ['where the route has none', upgrade('never/raw-upgrade')],
    ['by HTTP/1.0', upgrade('raw/raw-upgrade').replace('HTTP/1.1', 'HTTP/1.0')],
    ['with a body', `${upgrade('raw/raw-upgrade', 'echo', 'Content-Length: 4')}abcd`],
    ['with chunks', `${upgrade('raw/raw-upgrade', 'echo', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
    ['with an expectation', upgrade('raw/raw-upgrade', 'echo', 'Expect: 100-continue')],
    ['without Connection', head('GET /gateway/raw/raw-upgrade', 'Upgrade: echo')],
  ])('is an ordinary request to the upstream: %s', async (_what, bytes) => {
    const caller = await open(bytes);
    await caller.hears('HTTP/1.1 426 ');
    expect(asked()).toEqual([[undefined, undefined]]);
    caller.hangUp();
    await raw.expectHealthy();
  });

  it.each([
    ['of two lengths', upgrade('raw/raw-upgrade', 'echo', 'Content-Length: 4', 'Transfer-Encoding: chunked'), 400],
    ['to a route for users', upgrade('closed/ws', 'websocket'), 401],
    ['to no route', upgrade('nowhere/ws', 'websocket'), 404],
    ['by a method that is none', upgrade('raw/raw-upgrade').replace('GET', 'BREW'), 400],
    ['by CONNECT', upgrade('raw/raw-upgrade').replace('GET /gateway/raw/raw-upgrade', 'CONNECT test:80'), 405],
  ])('reaches no upstream: %s', async (_what, bytes, status) => {
    const caller = await open(`${bytes}bytes of another protocol`);
    expect(await caller.closed).toMatch(new RegExp(`^HTTP/1.1 ${status} .*application/problem\\+json`, 's'));
    await raw.expectUnreached();
  });
});

describe('a tunnel', () => {
  it('hears what was said before the 101, once and in order', async () => {
    const caller = await open(`${upgrade('raw/raw-upgrade')}${head('GET /gateway/closed/echo')}`);
    caller.say('and more');
    await caller.hears('and more');
    expect(caller.heard()).toMatch(/^HTTP\/1.1 101 .*\r\n\r\nGET \/gateway\/closed\/echo .*\r\n\r\nand more$/s);
    expect(raw.echo.requests).toHaveLength(1);
    caller.hangUp();
    await raw.expectHealthy();
  });

  it('closes as a whole when its caller breaks off in the middle of a frame', async () => {
    const fields = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    const caller = await open(upgrade('open/ws', 'websocket', ...fields));
    await caller.hears('\r\n\r\n');
    // A masked frame of 2^62 bytes.
    caller.say('\x82\xff\x40\0\0\0\0\0\0\0\x01\x02\x03\x04abc');
    await caller.closed;
    await eventually(() => expect(raw.echo.listeners).toBe(0));
    await raw.expectHealthy();
  });

  it('takes a place until it ends; who finds none is told to come back', async () => {
    const callers = await Promise.all(Array.from({ length: PLACES }, () => open(upgrade('raw/raw-upgrade'))));
    await Promise.all(callers.map((caller) => caller.hears('HTTP/1.1 101 ')));
    const refused = await Promise.all(Array.from({ length: 20 }, () => raw.say(upgrade('raw/raw-upgrade'))));
    expect(new Set(refused.map(({ status, headers }) => `${status} ${headers['retry-after']}`))).toEqual(
      new Set(['503 1']),
    );
    expect(raw.echo.requests).toHaveLength(PLACES);
    await raw.expectHealthy();
    for (const caller of callers) caller.hangUp();
    await eventually(async () => {
      const one = await open(upgrade('raw/raw-upgrade'));
      await one.hears('HTTP/1.1 ');
      one.hangUp();
      expect(one.heard()).toMatch(/^HTTP\/1.1 101 /);
    });
  });
});
