import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { head, startRawGateway, type RawGateway } from './raw-gateway.ts';
import type { RawAnswer } from '../../support/raw-http.ts';
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts';

let raw: RawGateway;
let hostile: RawUpstream;
beforeAll(async () => {
  hostile = await startRawUpstream();
  const target = { endpoints: [`${hostile.url}/base`] };
  const quick = { attemptMs: 300, callMs: 400, idleMs: 300 };
  raw = await startRawGateway(
    () => ({ name: 'hostile', public: true, target, retries: 'off', timeouts: quick }),
    () => ({ name: 'small', public: true, target, retries: 'off', response: { maxBytes: 100 } }),
  );
});
beforeEach(() => raw.forget());
afterAll(async () => {
  await raw.close();
  await hostile.close();
});

const say = (
  how: string | ((socket: Socket) => void),
  request = head('GET /gateway/hostile/x', 'Connection: close'),
) => {
  hostile.answer(how);
  return raw.say(request);
};

const ok = (...fields: string[]): string => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n');
const withFields = (...fields: string[]): Promise<RawAnswer> => say(`${ok('Content-Length: 2', ...fields)}ok`);

describe('an upstream', () => {
  it.each([
    ...[
      'Access-Control-Allow-Origin: *',
      'Access-Control-Allow-Credentials: true',
      'Strict-Transport-Security: max-age=0',
    ],
    ...['Clear-Site-Data: "*"', 'Alt-Svc: h2="evil:443"', 'Service-Worker-Allowed: /', 'NEL: {}'],
    ...['Set-Cookie: __Host-session=evil', 'X-Accel-Redirect: /etc/passwd', 'X-Sendfile: /etc/passwd', 'P3P: x'],
    ...['Keep-Alive: timeout=1', 'Proxy-Authenticate: Basic', 'Upgrade: evil', 'Connection: close, x-hop\r\nX-Hop: 1'],
    ...['X-Request-Id: evil', 'Proxy-Connection: close', 'TE: trailers', 'Trailer: X-Sum'],
  ])('does not say for us: %s', async (field) => {
    const answer = await withFields(field);
    const [name = '', value = ''] = field.split(': ');
    expect([answer.status, answer.text]).toEqual([200, 'ok']);
    if (name === 'Connection') expect(answer.headers).toMatchObject({ connection: 'close' });
    else expect(answer.headers[name.toLowerCase()]).not.toBe(value.trim());
    expect(answer.headers['x-hop']).toBeUndefined();
  });

  it.each(['X-Request-Id', 'Content-Security-Policy', 'Vary', 'Cache-Control', 'Host', 'Authorization', 'Via'])(
    'does not take away with its Connection: %s',
    async (name) => {
      const answer = await withFields(`Connection: ${name}, X-Request-Id, Content-Length`, `${name}: theirs`);
      expect([answer.text, answer.headers['content-length']]).toEqual(['ok', '2']);
      expect(answer.headers['x-request-id']).toMatch(/^[\w-]{36}$/);
    },
  );

  it.each([
    'text/html',
    'TEXT/HTML',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    '',
    'nonsense',
    'text/html, a',
  ])('serves no document that acts as one of ours: %s', async (type) => {
    const answer = await withFields(`Content-Type: ${type}`);
    expect(answer.headers).toMatchObject({ 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' });
  });

  it.each([
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['//evil.example/', '//evil.example/'],
    ['https://evil.example/base', 'https://evil.example/base'],
    ['/base/next', '/gateway/hostile/next'],
    ['/base/../../admin', undefined],
  ])('sends elsewhere only as itself: %s', async (location, expected) => {
    const { headers } = await say(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
    expect(headers['location']).toEqual(expected);
  });

  it('has bytes beyond ASCII in its headers as they are', async () => {
    const { headers } = await withFields('X-Text: \xc3\xa4\xc4\x8a');
    expect(headers['x-text']).toBe('\u00e4\u010a');
  });

  it.each([299, 599, 600, 999])('has a status of its own: %d', async (status) => {
    const answer = await say(`HTTP/1.1 ${status} Odd\r\nContent-Length: 2\r\n\r\nok`);
    expect(answer.status).toBe(status);
    await raw.expectHealthy();
  });

  it('ends with no trailers that belong into a head', async () => {
    const trailers =
      'Set-Cookie: session=evil\r\nAuthorization: x\r\nX-Sum: 1\r\nLocation: //evil\r\nCache-Control: public\r\n';
    const chunks = `2\r\nok\r\n0\r\n${trailers}\r\n`;
    const { text } = await say(
      `${ok('Transfer-Encoding: chunked', 'Trailer: X-Sum, Set-Cookie, Authorization')}${chunks}`,
    );
    expect(text).toBe('2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n'.replace('X-Sum', text.includes('x-sum') ? 'x-sum' : 'X-Sum'));
  });
});

describe('an answer that is too large', () => {
  it.each([
    ['said to be', `${ok('Content-Length: 101')}${'a'.repeat(101)}`, 502],
    ['in chunks', `${ok('Transfer-Encoding: chunked')}65\r\n${'a'.repeat(101)}\r\n0\r\n\r\n`, 502],
  ])('is not passed on: %s', async (_what, answer, status) => {
    const got = await say(answer, head('GET /gateway/small/x', 'Connection: close'));
    expect(got.status === status || !got.text.endsWith('0\r\n\r\n')).toBe(true);
    await eventually(() => expect(hostile.connections).toBe(0));
  });
});
