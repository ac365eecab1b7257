import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { ask } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { startEcho, type EchoServer } from '../echo.stand-in.ts';

let echo: EchoServer;
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(() => echo.close());

describe('the answers of the echo stand-in', () => {
  it.each([204, 304, 418, 599])('have the status %i when asked to', async (status) => {
    const answer = await ask(`${echo.url}/status/${status}?x-a=1`);
    expect([answer.status, answer.headers.get('x-a')]).toEqual([status, '1']);
  });

  it('have the headers that are asked for', async () => {
    const { headers } = await ask(`${echo.url}/headers?x-a=1&x-a=2&content-type=text/html`);
    expect([headers.get('x-a'), headers.get('content-type')]).toEqual(['1, 2', 'text/html']);
    expect((await ask(`${echo.url}/redirect?to=/a&status=307`)).headers.get('location')).toBe('/a');
    expect((await ask(`${echo.url}/cookies`)).headers.getSetCookie()).toHaveLength(6);
  });

  it('can be packed', async () => {
    const answer = await fetch(`${echo.url}/gzip?n=3`);
    expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual(['gzip', 'gzip gzip gzip ']);
  });

  it('can be kept, and asked for again', async () => {
    const url = `${echo.url}/cache?cache-control=max-age%3D60&etag=%221%22`;
    expect([(await ask(url)).text, (await ask(url)).text]).toEqual(['1', '2']);
    expect((await ask(url, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
    expect((await ask(url, { headers: { 'if-none-match': '"2"' } })).status).toBe(200);
  });

  it('end in trailers', async () => {
    const [answer] = (await once(send(`${echo.url}/trailers?x-b=2`).end(), 'response')) as [IncomingMessage];
    expect(await text(answer)).toBe('before the trailers');
    expect(answer.trailers).toEqual({ 'x-checksum': 'abc', 'x-b': '2' });
  });

  it.each([
    ['/hints', 103],
    ['/processing', 102],
  ])('of %s come after a %i', async (path, interim) => {
    const request = send(echo.url + path).end();
    const information = once(request, 'information') as Promise<[{ statusCode: number }]>;
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect([(await information)[0].statusCode, answer.statusCode]).toEqual([interim, 200]);
    expect(await text(answer)).toMatch(/^after the /);
  });

  it('drip, and speak when told to', async () => {
    expect((await ask(`${echo.url}/drip?ms=1&n=3`)).text).toBe('drop 1\ndrop 2\ndrop 3\n');
    const stream = (await fetch(`${echo.url}/sse`)).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await stream?.read())?.value).toBe('data: hello\n\n');
    echo.emit('more');
    expect((await stream?.read())?.value).toBe('data: more\n\n');
    expect(echo.listeners).toBe(1);
    await stream?.cancel();
    await eventually(() => expect(echo.listeners).toBe(0));
  });

  it('have no body for HEAD', async () => {
    const { headers, text: body } = await ask(`${echo.url}/bytes/1000`, { method: 'HEAD' });
    expect([headers.get('content-length'), body]).toEqual(['1000', '']);
  });
});
