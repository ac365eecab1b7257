import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { ask, jsonOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { speak } from '../../support/raw-http.ts';
import { startEcho, type EchoServer } from '../echo.stand-in.ts';

let echo: EchoServer;
beforeEach(async () => {
  echo = await startEcho();
});
afterEach(() => echo.close());

const upgrade = (path: string, protocol: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;

const open = async (): Promise<WebSocket> => {
  const webSocket = new WebSocket(`${echo.url.replace('http', 'ws')}/ws`);
  await once(webSocket, 'open');
  return webSocket;
};

const next = async (webSocket: WebSocket): Promise<string> => {
  const [data] = (await once(webSocket, 'message')) as [Buffer];
  return data.toString();
};

describe('upgrades at the echo stand-in', () => {
  it('are refused where it says so, and while everything fails', async () => {
    expect(
      (await speak(echo.url, upgrade('/refuse-upgrade', 'websocket').replace('Upgrade', 'close, Upgrade'))).status,
    ).toBe(401);
    echo.fail(500);
    const failing = upgrade('/raw-upgrade', 'echo').replace('Upgrade', 'close, Upgrade');
    expect((await speak(echo.url, failing)).status).toBe(500);
  });

  it('are ignored elsewhere', async () => {
    const answer = await speak(echo.url, upgrade('/echo', 'h2c').replace('Upgrade', 'close, Upgrade'));
    expect(answer.status).toBe(200);
    expect(jsonOf(answer)).toMatchObject({ headers: { upgrade: 'h2c' } });
  });

  it('are wanted by /ws and /raw-upgrade', async () => {
    const statuses = ['/ws', '/raw-upgrade'].map(async (path) => (await ask(echo.url + path)).status);
    expect(await Promise.all(statuses)).toEqual([426, 426]);
  });

  it('lead to a raw echo, of what came with the request too', async () => {
    const socket = connect({ port: echo.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`${upgrade('/raw-upgrade', 'echo')}early`);
    let heard = '';
    socket.on('data', (piece: Buffer) => void (heard += piece.toString()));
    await eventually(() => expect(heard).toMatch(/^HTTP\/1.1 101 .*\r\n\r\nearly$/s));
    socket.end(' late');
    await once(socket, 'close');
    expect(heard).toMatch(/early late$/);
    expect(echo.requests).toMatchObject([{ url: '/raw-upgrade', aborted: false }]);
  });
});

describe('WebSockets of the echo stand-in', () => {
  it('are dropped, or closed with a code, when told to', async () => {
    const [dropped, closed] = [await open(), await open()];
    dropped.send('drop');
    closed.send('close:4001');
    const codes = [once(dropped, 'close'), once(closed, 'close')].map(async (event) => (await event)[0] as number);
    expect(await Promise.all(codes)).toEqual([1_006, 4_001]);
    await eventually(() => expect(echo.listeners).toBe(0));
  });

  it('echo, and speak when told to', async () => {
    const webSocket = await open();
    webSocket.send('said');
    expect(await next(webSocket)).toBe('said');
    const pushed = next(webSocket);
    echo.emit('pushed');
    expect(await pushed).toBe('pushed');
    webSocket.close();
    await eventually(() => expect(echo.listeners).toBe(0));
    expect(echo.requests).toMatchObject([{ url: '/ws', aborted: false }]);
  });

  it('notice a client that vanishes', async () => {
    (await open()).terminate();
    await eventually(() => expect(echo.requests).toMatchObject([{ aborted: true }]));
  });
});
