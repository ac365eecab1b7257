import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from '../../support/raw-gateway.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';

const PLACES = 50;

let raw: RawGateway;
let hostile: RawUpstream;
beforeAll(async () => {
  hostile = await startRawUpstream();
  const retries = 'off';
  raw = await startRawGateway(
    ({ url }) => ({
      name: 'raw',
      public: true,
      target: { endpoints: [url] },
      upgrades: ['echo'],
      maxConcurrent: PLACES,
    }),
    ({ url }) => ({ name: 'never', public: true, target: { endpoints: [url] }, upgrades: [] }),
    () => ({ name: 'hostile', public: true, target: { endpoints: [hostile.url] }, upgrades: ['echo'], retries }),
  );
});
beforeEach(() => raw.forget());
afterAll(async () => {
  await raw.close();
  await hostile.close();
});

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

describe('an upstream that does not keep to the upgrade', () => {
  const ok = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n';
  it.each<[string, string, RegExp]>([
    ['goes on in another protocol', `${ok}Upgrade: evil\r\n\r\nevil`, /^HTTP\/1.1 502 .*problem\+json/s],
    ['names no protocol', `${ok}\r\nevil`, /^HTTP\/1.1 502 .*problem\+json/s],
    ['closes', '', /^HTTP\/1.1 502 .*problem\+json/s],
    ['says something else than HTTP', 'evil\r\n\r\n', /^HTTP\/1.1 502 .*problem\+json/s],
    [
      'refuses',
      'HTTP/1.1 401 No\r\nWWW-Authenticate: X\r\nContent-Length: 2\r\n\r\nno',
      /^HTTP\/1.1 401 .*\r\n\r\nno$/s,
    ],
    [
      'answers',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n',
      /^HTTP\/1.1 200 .*\r\n\r\nok$/s,
    ],
  ])('is not followed: %s', async (_what, answer, expected) => {
    hostile.answer(answer);
    const caller = await open(upgrade('hostile/x'));
    expect(await caller.closed).toMatch(expected);
    await eventually(() => expect(hostile.connections).toBe(0));
    await raw.expectHealthy();
  });

  it('cannot say anything to who asked for none', async () => {
    hostile.answer(`${ok}Upgrade: echo\r\n\r\nHTTP/1.1 200 OK\r\n\r\n`);
    expect((await raw.say(head('GET /gateway/hostile/x', 'Connection: close'))).status).toBe(502);
    await raw.expectHealthy();
  });

  it('is left when its caller leaves', async () => {
    hostile.answer(() => undefined);
    const caller = await open(upgrade('hostile/x'));
    await eventually(() => expect(hostile.connections).toBe(1));
    caller.hangUp();
    await eventually(() => expect(hostile.connections).toBe(0));
  });

  it('is heard with what it says behind the 101', async () => {
    hostile.answer(`${ok}Upgrade: echo\r\nX-A: \xe4\xc4\x8a\r\nKeep-Alive: timeout=5\r\n\r\nearly`);
    const said = await (await open(upgrade('hostile/x'))).closed;
    expect(said).toMatch(/^HTTP\/1.1 101 .*\r\n\r\nearly$/s);
    expect(said).toContain('\r\nx-a: \xe4\xc4\x8a\r\n');
    expect(said).not.toMatch(/keep-alive/i);
  });
});
