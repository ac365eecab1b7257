import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { ask, jsonOf } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { speak } from '../support/raw-http.ts';
import { startEcho, type EchoServer } from './echo.stand-in.ts';

let echo: EchoServer;
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(() => echo.close());

describe('the failures of the echo stand-in', () => {
  it('are a status for everything, until told otherwise', async () => {
    echo.fail(503);
    expect((await ask(`${echo.url}/echo`)).status).toBe(503);
    expect((await ask(`${echo.url}/upload`, { method: 'POST', body: 'x' })).status).toBe(503);
    echo.fail(undefined);
    expect((await ask(`${echo.url}/echo`)).status).toBe(200);
  });

  it('are resets for everything', async () => {
    echo.fail('reset');
    await expect(ask(`${echo.url}/echo`)).rejects.toThrow('fetch failed');
    expect(echo.received).toBe(1);
  });

  it('are a port that nobody listens at, and the same port again', async () => {
    const hanging = ask(`${echo.url}/hang`);
    const broken = expect(hanging).rejects.toThrow('fetch failed');
    await eventually(() => expect(echo.received).toBe(1));
    await echo.kill();
    await broken;
    await expect(ask(`${echo.url}/echo`)).rejects.toThrow('fetch failed');
    await echo.revive();
    expect((await ask(`${echo.url}/echo`)).status).toBe(200);
    expect(echo.requests.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it('are answers that break off, or never come', async () => {
    await expect(ask(`${echo.url}/break`)).rejects.toThrow('terminated');
    await expect(ask(`${echo.url}/reset`)).rejects.toThrow('fetch failed');
    expect((await ask(`${echo.url}/nothing`)).status).toBe(404);
  });

  it('are requests that could not be read', async () => {
    await speak(echo.url, 'GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n');
    expect([echo.malformed, echo.received]).toEqual([['HPE_INVALID_HEADER_TOKEN'], 0]);
    echo.forget();
    expect(echo.malformed).toEqual([]);
  });
});

describe('what hangs at the echo stand-in', () => {
  it('goes on when it is released, and not before', async () => {
    const [hanging, headFirst] = [ask(`${echo.url}/hang`), await fetch(`${echo.url}/head-then-hang`)];
    await eventually(() => expect(echo.received).toBe(2));
    expect(headFirst.status).toBe(200);
    echo.release();
    expect([(await hanging).text, await headFirst.text()]).toEqual(['released', 'released']);
  });

  it('notices who leaves', async () => {
    const leave = new AbortController();
    const left = expect(ask(`${echo.url}/hang`, { signal: leave.signal })).rejects.toThrow();
    await eventually(() => expect(echo.received).toBe(1));
    expect(echo.requests[0]?.aborted).toBe(false);
    leave.abort();
    await left;
    await eventually(() => expect(echo.requests[0]?.aborted).toBe(true));
  });
});

describe('what the echo stand-in got', () => {
  it('is its answer at /echo and below', async () => {
    const init = { method: 'PATCH', headers: { 'x-a': '1' }, body: 'sent' };
    const seen = jsonOf<Record<string, unknown>>(await ask(`${echo.url}/echo/a%2fb?x=%20&x=2`, init));
    expect(seen).toMatchObject({ method: 'PATCH', url: '/echo/a%2fb?x=%20&x=2', httpVersion: '1.1', body: 'sent' });
    expect(seen['headers']).toMatchObject({ 'x-a': '1' });
    expect(seen['rawHeaders']).toEqual(expect.arrayContaining(['x-a', '1']));
  });

  it('is remembered as it was on the wire, trailers too', async () => {
    await speak(
      echo.url,
      'POST //echo/../x?a=[ HTTP/1.1\r\nHost: A.test\r\nX-Twice: 1\r\nx-twice: 2\r\nConnection: close\r\n' +
        'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-End: yes\r\n\r\n',
    );
    const [request] = echo.requests;
    expect(request).toMatchObject({ method: 'POST', url: '//echo/../x?a=[', bodyBytes: 3, complete: true });
    expect(request?.rawHeaders.slice(0, 6)).toEqual(['Host', 'A.test', 'X-Twice', '1', 'x-twice', '2']);
    expect([request?.body.toString(), { ...request?.trailers }]).toEqual(['abc', { 'x-end': 'yes' }]);
  });

  it('says on which connection', async () => {
    const two = 'GET /echo HTTP/1.1\r\nHost: a\r\n\r\nGET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    await speak(echo.url, two);
    await speak(echo.url, two);
    expect(echo.requests.map(({ connection }) => connection)).toEqual([1, 1, 2, 2]);
    expect(echo.connectionsMade).toBe(2);
    await eventually(() => expect(echo.connections).toBe(0));
  });

  it('may be a CONNECT, which is refused', async () => {
    expect((await speak(echo.url, 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n')).status).toBe(405);
    expect(echo.requests).toMatchObject([{ method: 'CONNECT', url: 'a:1' }]);
  });
});

describe('the port of the echo stand-in', () => {
  it('closes on a client that never spoke, too', async () => {
    const socket = connect(echo.port, '127.0.0.1').on('error', () => undefined);
    await eventually(() => expect(echo.connections).toBe(1));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await echo.kill();
    await gone;
    await eventually(() => expect(echo.connections).toBe(0));
    expect(echo.received).toBe(0);
  });
});
