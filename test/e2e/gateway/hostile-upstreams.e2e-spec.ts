import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';

let raw: RawGateway;
let hostile: RawUpstream;
beforeAll(async () => {
  hostile = await startRawUpstream();
  const target = { endpoints: [hostile.url] };
  const quick = { attemptMs: 300, callMs: 400, idleMs: 300 };
  raw = await startRawGateway(
    () => ({ name: 'hostile', public: true, target, retries: 'off', timeouts: quick }),
    () => ({ name: 'cached', public: true, target, retries: 'off', timeouts: quick, cache: 'shared' }),
    () => ({ name: 'small', public: true, target, retries: 'off', response: { maxBytes: 100 } }),
  );
});
beforeEach(() => raw.forget());
afterAll(async () => {
  await raw.close();
  await hostile.close();
});

const ask = (how: string | ((socket: Socket) => void), line = 'GET /gateway/hostile/x'): Promise<RawAnswer> => {
  hostile.answer(how);
  return raw.say(head(line, 'Connection: close'));
};

/** Nothing is kept of a connection on which something was wrong. */
const expectDone = async (): Promise<void> => {
  await eventually(() => expect(hostile.connections).toBe(0));
  await raw.expectHealthy();
};

const ok = (...fields: string[]): string => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n');

describe('an answer that is none', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['no HTTP', 'evil\r\n\r\n'],
    ['HTTP/0.9', '<html>evil</html>'],
    ['another protocol', 'ICY 200 OK\r\n\r\n'],
    ['a status without a meaning', 'HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n'],
    ['a status of two digits', 'HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 High\r\nContent-Length: 0\r\n\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nX-A: 1\r\n'],
    ['CR in a header', ok('X-A: a\rSet-Cookie: evil=1', 'Content-Length: 0')],
    ['LF alone', ok('X-A: a\nX-B: b', 'Content-Length: 0').replaceAll('\r', '')],
    ['NUL in a header', ok('X-A: a\0b', 'Content-Length: 0')],
    ['a control character in a header', ok('X-A: \x1b[2J', 'Content-Length: 0')],
    ['a folded header', ok('X-A: a', ' b', 'Content-Length: 0')],
    ['a name beyond ASCII', ok('X-\xe4: a', 'Content-Length: 0')],
    ['a length and chunks', `${ok('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\nevil`],
    ['two lengths', `${ok('Content-Length: 1', 'Content-Length: 2')}ab`],
    ['a length with a sign', `${ok('Content-Length: +1')}a`],
    ['an upgrade that nobody asked for', 'HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: evil\r\n\r\nevil'],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'X-A: aaaaaaaaaaaaaaaa\r\n'.repeat(10_000)}`],
    ['a header of 1 MB', ok(`X-A: ${'a'.repeat(1_000_000)}`, 'Content-Length: 0')],
  ])('is a problem: %s', async (_what, answer) => {
    const got = await ask(answer);
    expect([502, 504]).toContain(got.status);
    expect(got.headers['content-type']).toBe('application/problem+json');
    expect((JSON.parse(got.text) as Problem).provider).toBe('gateway.hostile');
    expect(got.text).not.toContain('evil');
    await expectDone();
  });
});

describe('an answer that goes on where it should end', () => {
  const smuggled = ok('Content-Length: 4', 'X-Smuggled: 1') + 'evil';
  it.each<[string, string, string]>([
    ['behind its length', `${ok('Content-Length: 2')}ok${smuggled}`, 'ok'],
    ['behind its last chunk', `${ok('Transfer-Encoding: chunked')}2\r\nok\r\n0\r\n\r\n${smuggled}`, 'ok'],
    ['behind 204', `HTTP/1.1 204 No\r\n\r\n${smuggled}`, ''],
    ['behind 304', `HTTP/1.1 304 No\r\nContent-Length: 4\r\n\r\nevil${smuggled}`, ''],
  ])('is given to nobody: %s', async (_what, answer, text) => {
    hostile.answer((socket) => void socket.write(answer, 'latin1'));
    const [first, second] = [
      await raw.say(head('GET /gateway/hostile/x', 'Connection: close')),
      await ask(`${ok('Content-Length: 3')}new`),
    ];
    expect([first.text, first.headers['x-smuggled'], second.text]).toEqual([text, undefined, 'new']);
    await expectDone();
  });

  it('is given to nobody: behind HEAD', async () => {
    hostile.answer((socket) => void socket.write(`${ok('Content-Length: 4')}${smuggled}`, 'latin1'));
    const first = await raw.say(head('HEAD /gateway/hostile/x', 'Connection: close'));
    expect([first.status, first.text, first.headers['content-length']]).toEqual([200, '', '4']);
    expect((await ask(`${ok('Content-Length: 3')}new`)).text).toBe('new');
    await expectDone();
  });
});

describe('an answer that breaks off', () => {
  it.each<[string, string | ((socket: Socket) => void)]>([
    ['before its length', `${ok('Content-Length: 100')}some`],
    ['between chunks', `${ok('Transfer-Encoding: chunked')}4\r\nsome\r\n`],
    ['in a chunk', `${ok('Transfer-Encoding: chunked')}ff\r\nsome`],
    ['by a chunk that is none', `${ok('Transfer-Encoding: chunked')}4\r\nsome\r\nzz\r\n`],
    ['by an extension without end', `${ok('Transfer-Encoding: chunked')}4\r\nsome\r\n4;${'a'.repeat(1_000_000)}`],
    [
      'by trailers without end',
      `${ok('Transfer-Encoding: chunked')}4\r\nsome\r\n0\r\n${'X-A: aaaa\r\n'.repeat(100_000)}`,
    ],
    ['by silence', (socket) => void socket.write(`${ok('Content-Length: 100')}some`)],
    ['by a reset', (socket) => void socket.write(`${ok('Content-Length: 100')}some`, () => socket.resetAndDestroy())],
  ])('is never whole to the caller: %s', async (_what, how) => {
    const got = await ask(how);
    const isWhole = got.status === 200 && (got.text.endsWith('0\r\n\r\n') || got.text.length === 100);
    expect([got.status === 200 || got.status >= 502, isWhole]).toEqual([true, false]);
    await expectDone();
  });
});
