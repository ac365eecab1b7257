import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/inbound/problems/problem.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { RAW, RawModule, RawRoutes } from '../inbound/raw.module.ts';

/** What somebody would like to have done in the name of the next caller. */
const SMUGGLED = `GET ${RAW}/refuse HTTP/1.1\r\nHost: test\r\n\r\n`;

let breakwater: TestApp;
let routes: RawRoutes;
beforeAll(async () => {
  breakwater = await createApp({ imports: [RawModule] });
  routes = breakwater.app.get(RawRoutes);
});
beforeEach(() => void (routes.reached.length = 0));
afterAll(() => breakwater.close());

const lines = (...fields: string[]): string => `${fields.join('\r\n')}\r\n\r\n`;
const get = (...fields: string[]): string => lines(`GET ${RAW}/echo HTTP/1.1`, 'Host: test', ...fields);
const post = (...fields: string[]): string => lines(`POST ${RAW}/echo HTTP/1.1`, 'Host: test', ...fields);
const withHost = (...hosts: string[]): string =>
  lines(`GET ${RAW}/echo HTTP/1.1`, ...hosts.map((host) => `Host: ${host}`));
const target = (text: string, host = 'test'): string => lines(`GET ${text} HTTP/1.1`, `Host: ${host}`);
const version = (text: string): string => lines(`GET ${RAW}/echo${text}`, 'Host: test');

const expectRefused = async (bytes: string, status = 400): Promise<void> => {
  const answer: RawAnswer = await speak(breakwater.url, bytes + SMUGGLED);
  expect([answer.status, answer.headers['connection'], routes.reached]).toEqual([status, 'close', []]);
  // One answer, and nothing behind it.
  const { code, requestId } = JSON.parse(answer.text) as Problem;
  expect([code, requestId]).toEqual(['invalid_request', answer.headers['x-request-id']]);
};

describe('a request whose host is in doubt', () => {
  it.each<[string, string]>([
    ['two hosts', withHost('test', 'evil.example')],
    ['the same host twice', withHost('test', 'test')],
    ['two hosts, spelt differently', withHost('test').replace('\r\n\r\n', '\r\nhOST: evil.example\r\n\r\n')],
    ['no host', lines(`GET ${RAW}/echo HTTP/1.1`)],
    ['an empty host', withHost('')],
    ['a user before the host', withHost('test@evil.example')],
    ['a host and a path', withHost('test/evil')],
    ['a host with a space', withHost('test evil.example')],
    ['two hosts in one', withHost('test, evil.example')],
    ['a host and a query', withHost('test?x')],
    ['a host and a fragment', withHost('test#x')],
    ['a host with a backslash', withHost('test\\evil')],
    ['a host in quotes', withHost('"test"')],
    ['a host that is not ASCII', withHost('t\xc3\xa4st')],
    ['a host with something encoded', withHost('test%2fevil')],
    ['a host beyond its port', withHost('localhost:3000.example.com')],
    ['a port that is no number', withHost('test:http')],
    ['a port beyond all numbers', withHost('test:999999')],
    ['IPv6 without brackets', withHost('::1')],
    ['IPv6 with half its brackets', withHost('[::1')],
    ['another host in the target', target(`http://evil.example${RAW}/echo`)],
    ['a user in the target', target(`http://me@test${RAW}/echo`)],
    ['a port in the target alone', target(`http://test:81${RAW}/echo`)],
    ['an empty host in the target', target(`http://${RAW}/echo`)],
    ['a path beside the target that cannot be decoded', target('/%zz', 'a b')],
    ['another scheme', target(`ftp://test${RAW}/echo`)],
  ])('is refused: %s', (_what, bytes) => expectRefused(bytes));
});

describe('a request line that others may read otherwise', () => {
  it.each<[string, string]>([
    ['HTTP/0.9', version('').replace(/\r\nHost.*/, '')],
    ['HTTP/0.9, with headers', version(' HTTP/0.9')],
    ['HTTP/2.0', version(' HTTP/2.0')],
    ['HTTP/1.2', version(' HTTP/1.2')],
    ['HTTP/1.10', version(' HTTP/1.10')],
    ['HTTP/3.0', version(' HTTP/3.0')],
    ['a version in lower case', version(' http/1.1')],
    ['a space behind the version', version(' HTTP/1.1 ')],
    ['more between target and version', version(' x HTTP/1.1')],
    ['tabs', version('\tHTTP/1.1')],
    ['a space before the method', ` ${get()}`],
    ['a method in lower case', get().replace('GET', 'get')],
    ['a target without a slash', target('gateway/raw/echo')],
    ['a target that begins with a backslash', target('\\gateway\\raw\\echo')],
    ['* by GET', target('*')],
    ['a NUL in the target', target(`${RAW}/echo\0`)],
    ['a byte beyond ASCII in the target', target(`${RAW}/echo\xff`)],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('is refused: %s', (_what, bytes) => expectRefused(bytes));
});

describe('headers that others may read otherwise', () => {
  it.each<[string, string]>([
    ['a line folded by a space', get('X-A: b', ' c')],
    ['a line folded by a tab', get('X-A: b', '\tc')],
    ['a first line that is folded', lines(`GET ${RAW}/echo HTTP/1.1`, ' Host: test')],
    ['lines that end with LF alone', get().replaceAll('\r', '')],
    ['one line that ends with LF alone', get('X-A: b\nX-B: c')],
    ['a head that ends with LF alone', `GET ${RAW}/echo HTTP/1.1\r\nHost: test\r\n\n`],
    ['one line that ends with CR alone', get('X-A: b\rX-B: c')],
    ['two CR', get('X-A: b\r')],
    ['a space before the colon', get('X-A : b')],
    ['a space within a name', get('X A: b')],
    ['no colon', get('X-A')],
    ['no name', get(': b')],
    ['a name beyond ASCII', get('X-\xe4: b')],
    ['NUL in a value', get('X-A: b\0c')],
    ['a control character in a value', get('X-A: b\x01c')],
    ['DEL in a value', get('X-A: b\x7fc')],
    // To many a server behind us that is X-Forwarded-For, and Content-Length.
    ['a name with an underscore', get('X_Forwarded_For: 10.0.0.1')],
    ['a length with an underscore', get('Content_Length: 5')],
  ])('are refused: %s', (_what, bytes) => expectRefused(bytes));

  it.each([201, 900])('are refused when there are too many: %d', (count) =>
    expectRefused(get(...Array<string>(count - 1).fill('a:')), 431),
  );

  it('are refused when they are too large', () => expectRefused(get(`X-A: ${'a'.repeat(20_000)}`), 431));
});

describe('a body whose end is in doubt', () => {
  it.each<[string, string]>([
    ['a length and chunks', post('Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['chunks and a length', post('Transfer-Encoding: chunked', 'Content-Length: 5')],
    ['two lengths', post('Content-Length: 5', 'Content-Length: 6')],
    ['the same length twice', post('Content-Length: 5', 'Content-Length: 5')],
    ['a list of lengths', post('Content-Length: 5, 5')],
    ['a length with a sign', post('Content-Length: +5')],
    ['a negative length', post('Content-Length: -5')],
    ['a hexadecimal length', post('Content-Length: 0x5')],
    ['an empty length', post('Content-Length:')],
    ['two numbers', post('Content-Length: 5 5')],
    ['a length beyond all numbers', post('Content-Length: 18446744073709551621')],
    ['a folded length', post('Content-Length:', ' 5')],
    ['a length behind a vertical tab', post('Content-Length: \x0b5')],
    ['no coding', post('Transfer-Encoding:')],
    ['identity', post('Transfer-Encoding: identity')],
    ['chunks last but one', post('Transfer-Encoding: chunked, identity')],
    ['identity and chunks', post('Transfer-Encoding: identity, chunked')],
    ['gzip and chunks', post('Transfer-Encoding: gzip, chunked')],
    ['gzip', post('Transfer-Encoding: gzip')],
    ['an empty member before chunks', post('Transfer-Encoding: ,chunked')],
    ['chunks twice', post('Transfer-Encoding: chunked, chunked')],
    ['two headers', post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
    ['two headers that differ', post('Transfer-Encoding: identity', 'Transfer-Encoding: chunked')],
    ['xchunked', post('Transfer-Encoding: xchunked')],
    ['chunks in quotes', post('Transfer-Encoding: "chunked"')],
    ['chunks with a parameter', post('Transfer-Encoding: chunked;q=1')],
    ['chunks behind a vertical tab', post('Transfer-Encoding: \x0bchunked')],
    ['folded chunks', post('Transfer-Encoding:', ' chunked')],
    ['chunks in HTTP/1.0', post('Transfer-Encoding: chunked').replace('1.1', '1.0')],
    [
      'chunks in HTTP/1.0 that goes on',
      post('Transfer-Encoding: chunked', 'Connection: keep-alive').replace('1.1', '1.0'),
    ],
  ])('is refused: %s', (_what, bytes) => expectRefused(bytes));
});
