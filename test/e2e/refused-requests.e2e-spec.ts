import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../src/inbound/problems/problem.ts';
import { createApp, type TestApp } from '../support/create-app.ts';
import { speak, type RawAnswer } from '../support/raw-http.ts';
import { GuestbookModule } from './inbound/guestbook.module.ts';

let breakwater: TestApp;

beforeAll(async () => {
  breakwater = await createApp({ imports: [GuestbookModule], env: { BODY_LIMIT_BYTES: '1024' } });
});
afterAll(() => breakwater.close());

const HEAD = 'Host: test\r\nConnection: close\r\n';
const get = (target: string, fields = ''): string => `GET ${target} HTTP/1.1\r\n${HEAD}${fields}\r\n`;
const post = (type: string, body: string): string =>
  `POST /api/v1/guestbook HTTP/1.1\r\n${HEAD}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** Refused after its head was read: these keep the id they came with. */
const REFUSED: [what: string, bytes: string, status: number, code: string][] = [
  ['an unknown route', get('/nowhere'), 404, 'not_found'],
  ['an unknown version', get('/api/v2/pokemon'), 404, 'not_found'],
  ['the root', get('/'), 404, 'not_found'],
  ['a known route by another method', `DELETE /api/v1/guestbook HTTP/1.1\r\n${HEAD}\r\n`, 404, 'not_found'],
  [
    'a method that HTTP servers know and this one does not',
    `PROPFIND /api/v1/guestbook HTTP/1.1\r\n${HEAD}\r\n`,
    404,
    'not_found',
  ],
  ['malformed JSON', post('application/json', '{"author": '), 400, 'invalid_request'],
  ['an empty JSON body', post('application/json', ''), 400, 'invalid_request'],
  [
    'JSON that reaches for the prototype',
    post('application/json', '{"__proto__": {"admin": true}}'),
    400,
    'invalid_request',
  ],
  ['a body larger than allowed', post('application/json', `"${'a'.repeat(1_100)}"`), 413, 'payload_too_large'],
  ['a body that nobody reads', post('text/xml', '<entry/>'), 415, 'unsupported_media_type'],
  ['a body of an unusable type', post('nonsense', '{}'), 415, 'unsupported_media_type'],
  ['a URL that cannot be decoded', get('/api/v1/pokemon/%zz'), 400, 'invalid_request'],
  ['a URL that is no UTF-8', get('/api/v1/pokemon/%ff'), 400, 'invalid_request'],
  ['a body of the wrong shape', post('application/json', '[]'), 400, 'invalid_request'],
];

/** Refused while its head is read: no id was understood. */
const GARBLED: [what: string, bytes: string, status: number][] = [
  ['a method that does not exist', `BREW /api/v1/pokemon HTTP/1.1\r\n${HEAD}\r\n`, 400],
  ['headers beyond all bounds', get('/health/live', `X-Long: ${'a'.repeat(20_000)}\r\n`), 431],
  ['garbage', 'garbage\r\n\r\n', 400],
  ['the opening of a TLS connection', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['a line feed in a header name', get('/health/live', 'X-A\nB: 1\r\n'), 400],
  ['two lengths', get('/health/live', 'Content-Length: 1\r\nContent-Length: 2\r\n'), 400],
  [
    'a length and chunks',
    `POST /api/v1/guestbook HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
  ],
  ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['an expectation that nobody meets', get('/health/live', 'Expect: the-unexpected\r\n'), 417],
];

const withId = (bytes: string, id: string): string => bytes.replace(HEAD, `${HEAD}X-Request-Id: ${id}\r\n`);

const expectProblem = ({ headers, status, text }: RawAnswer, code: string): Problem => {
  expect(headers['content-type']).toBe('application/problem+json');
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({ code, status, type: `/problems/${code}`, requestId: headers['x-request-id'] });
  for (const field of [problem.title, problem.detail]) expect(field).toMatch(/\w/);
  expect(problem.requestId).toMatch(/^[\w.-]{1,128}$/);
  return problem;
};

describe.each(REFUSED)('%s', (_what, bytes, status, code) => {
  it(`is a problem: ${status} ${code}`, async () => {
    const answer = await speak(breakwater.url, bytes);
    expect(answer.status).toBe(status);
    const { instance } = expectProblem(answer, code);
    expect(instance).toBe(bytes.split(' ')[1]);
  });

  it('keeps a sane request id', async () => {
    const answer = await speak(breakwater.url, withId(bytes, 'caller.4711_a-b'));
    expect(answer.headers['x-request-id']).toBe('caller.4711_a-b');
  });

  it('gets another instead of an insane request id', async () => {
    const answer = await speak(breakwater.url, withId(bytes, 'has spaces; and=more'));
    expect(answer.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe.each(GARBLED)('%s', (_what, bytes, status) => {
  it(`is a problem: ${status} invalid_request`, async () => {
    const answer = await speak(breakwater.url, bytes);
    expect(answer.status).toBe(status);
    expectProblem(answer, 'invalid_request');
    expect(answer.headers['connection']).toBe('close');
  });

  it('does no harm to the next caller', async () => {
    await speak(breakwater.url, bytes);
    expect((await speak(breakwater.url, get('/health/live'))).status).toBe(200);
  });
});
