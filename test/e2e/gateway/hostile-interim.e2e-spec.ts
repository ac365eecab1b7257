import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { converse } from '../../support/raw-conversation.ts';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';

let raw: RawGateway;
let hostile: RawUpstream;
beforeAll(async () => {
  hostile = await startRawUpstream();
  const target = { endpoints: [hostile.url] };
  const quick = { attemptMs: 300, callMs: 400, idleMs: 300 };
  raw = await startRawGateway(() => ({ name: 'hostile', public: true, target, retries: 'off', timeouts: quick }));
});
beforeEach(() => raw.forget());
afterAll(async () => {
  await raw.close();
  await hostile.close();
});

const ok = (...fields: string[]): string => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n');

describe('interim answers', () => {
  it('are passed on up to a measure, and never for the answer itself', async () => {
    const hints = `HTTP/1.1 103 Early\r\nLink: </a>\r\nSet-Cookie: session=evil\r\nContent-Length: 9\r\n\r\n`.repeat(
      100,
    );
    const caller = await converse(raw.gateway.url);
    hostile.answer(`${hints}${ok('Content-Length: 2')}ok`);
    caller.say(head('GET /gateway/hostile/x', 'Connection: close'));
    const heard = await caller.closed;
    expect(heard.match(/HTTP\/1.1 103 /g)?.length ?? 0).toBeLessThanOrEqual(16);
    expect(heard).toMatch(/HTTP\/1.1 200 OK\r\n.*\r\n\r\nok$/s);
    expect(heard).not.toMatch(/evil|content-length: 9/i);
    await raw.expectHealthy();
  });

  it('without end are a timeout', async () => {
    hostile.answer((socket) => {
      const more = (): void =>
        void (socket.destroyed || socket.write('HTTP/1.1 102 Wait\r\n\r\n'.repeat(100), () => setImmediate(more)));
      more();
    });
    const caller = await converse(raw.gateway.url);
    caller.say(head('GET /gateway/hostile/x', 'Connection: close'));
    expect(await caller.closed).toMatch(/HTTP\/1.1 50[24] .*problem\+json/s);
    await eventually(() => expect(hostile.connections).toBe(0));
    await raw.expectHealthy();
  });
});
