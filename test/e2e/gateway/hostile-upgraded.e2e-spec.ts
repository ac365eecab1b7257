import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';

let raw: RawGateway;
let hostile: RawUpstream;
beforeAll(async () => {
  hostile = await startRawUpstream();
  const retries = 'off';
  raw = await startRawGateway(() => ({
    name: 'hostile',
    public: true,
    target: { endpoints: [hostile.url] },
    upgrades: ['echo'],
    retries,
  }));
});
beforeEach(() => raw.forget());
afterAll(async () => {
  await raw.close();
  await hostile.close();
});

const upgrade = (path: string): string => head(`GET /gateway/${path}`, 'Connection: Upgrade', 'Upgrade: echo');

const open = async (bytes: string): Promise<Conversation> => {
  const caller = await converse(raw.gateway.url);
  caller.say(bytes);
  return caller;
};

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
