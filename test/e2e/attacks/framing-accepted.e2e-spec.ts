import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { RAW, RawModule, RawRoutes } from '../inbound/raw.module.ts';

let breakwater: TestApp;
let routes: RawRoutes;
beforeAll(async () => {
  breakwater = await createApp({ imports: [RawModule] });
  routes = breakwater.app.get(RawRoutes);
});
beforeEach(() => void (routes.reached.length = 0));
afterAll(() => breakwater.close());

const ask = (line: string, ...fields: string[]): Promise<RawAnswer> =>
  speak(breakwater.url, `${[line, ...fields, 'Connection: close'].join('\r\n')}\r\n\r\n`);

describe('a request that is unusual', () => {
  it.each([
    'example.com',
    'EXAMPLE.com:8080',
    'my_service',
    'xn--bcher-kva.example',
    '127.0.0.1:3000',
    '[::1]',
    '[2001:db8::1]:443',
    '[::ffff:10.0.0.1]:80',
    'example.com.',
    'test:',
  ])('is let in when it is for the host %s', async (host) => {
    expect((await ask(`GET ${RAW}/echo HTTP/1.1`, `Host: ${host}`)).status).toBe(200);
  });

  it.each([
    ['http://test/', RAW],
    ['http://TEST/', RAW],
    ['HTTP://test/', RAW],
    ['https://test/', RAW],
  ])('is let in by the absolute target %s…', async (origin, path) => {
    const answer = await ask(`GET ${origin}${path.slice(1)}/echo?a=b HTTP/1.1`, 'Host: test');
    expect([answer.status, routes.reached]).toEqual([200, [`GET ${RAW}/echo?a=b`]]);
  });

  it('finds the problem of an absolute target under its path', async () => {
    const answer = await ask('GET http://test?x HTTP/1.1', 'Host: test');
    expect(JSON.parse(answer.text)).toMatchObject({ status: 404, instance: '/' });
  });

  it('may be HTTP/1.0, without a host', async () => {
    expect((await ask(`GET ${RAW}/echo HTTP/1.0`)).status).toBe(200);
  });

  it('may ask about the server as a whole', async () => {
    expect((await ask('OPTIONS * HTTP/1.1', 'Host: test')).status).toBe(404);
  });

  it('may come behind empty lines', async () => {
    expect((await ask(`\r\n\r\nGET ${RAW}/echo HTTP/1.1`, 'Host: test')).status).toBe(200);
  });

  it('may have 200 headers', async () => {
    const fields = Array.from({ length: 198 }, (_, n) => `X-${n}: a`);
    expect((await ask(`GET ${RAW}/echo HTTP/1.1`, 'Host: test', ...fields)).status).toBe(200);
  });

  it('may have bytes beyond ASCII in a value, and colons and spaces', async () => {
    expect((await ask(`GET ${RAW}/echo HTTP/1.1`, 'Host: test', 'X-A:  \xe4 : b \t')).status).toBe(200);
  });

  it.each(['chunked', 'CHUNKED'])('may have a body in chunks, with extensions and trailers: %s', async (coding) => {
    const head = `POST ${RAW}/echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: ${coding}\r\nConnection: close\r\n\r\n`;
    const answer = await speak(breakwater.url, `${head}005;a=b;c="d"\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n`);
    expect(JSON.parse(answer.text)).toEqual({ method: 'POST', body: 'hello', trailers: { 'x-sum': '1' } });
  });
});

describe('a request for a tunnel', () => {
  it.each(['evil.example:443', 'test:80', '127.0.0.1:22'])(
    'to %s is refused, and nothing of it is read',
    async (to) => {
      const answer = await speak(breakwater.url, `CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\nGET / HTTP/1.1\r\n\r\n`);
      expect([answer.status, answer.headers['connection'], routes.reached]).toEqual([405, 'close', []]);
      expect(answer.headers['allow']).toContain('GET');
      expect(JSON.parse(answer.text)).toMatchObject({
        code: 'invalid_request',
        requestId: answer.headers['x-request-id'],
      });
    },
  );
});
