import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket, type RawData } from 'ws';
import { accessLineOf } from '../../support/access-log.ts';
import { eventually } from '../../support/eventually.ts';
import { createGateway, type GatewayApp } from '../../support/gateway-app.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { startEcho, type EchoServer } from '../../upstreams/echo.stand-in.ts';

let echo: EchoServer;
let gateway: GatewayApp;
let open: WebSocket[] = [];
beforeAll(async () => {
  echo = await startEcho();
  const target = { endpoints: [echo.url] };
  gateway = await createGateway([
    { name: 'echo', public: true, target, upgrades: ['websocket', 'echo'] },
    { name: 'plain', public: true, target, upgrades: [] },
    { name: 'usual', public: true, target },
    { name: 'gone', public: true, target: { endpoints: ['http://127.0.0.1:9'] } },
  ]);
});
afterEach(() => {
  for (const socket of open) socket.terminate();
  open = [];
  echo.forget();
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

const dial = (path: string, protocols: string[] = []): WebSocket => {
  const url = `${gateway.url.replace('http', 'ws')}/gateway${path}`;
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
  // Their end is what tests look at.
  socket.on('error', () => undefined);
  open.push(socket);
  return socket;
};

const connected = async (path: string): Promise<WebSocket> => {
  const socket = dial(path);
  await once(socket, 'open');
  return socket;
};

const codeOf = async (socket: WebSocket): Promise<number> => ((await once(socket, 'close')) as [number])[0];

const upgrade = async (path: string, protocol = 'echo', more = ''): Promise<Conversation> => {
  const caller = await converse(gateway.url);
  caller.say(
    `GET /gateway${path} HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n${more}\r\n`,
  );
  return caller;
};

describe('an upgrade that does not come about', () => {
  it.each([
    ['of a route that has none', '/plain/ws', 'websocket', 426],
    ['to what the route does not name', '/usual/raw-upgrade', 'echo', 426],
    ['that the upstream refuses', '/echo/refuse-upgrade', 'echo', 401],
    ['that the upstream ignores', '/echo/echo', 'echo', 200],
    ['to nowhere', '/nowhere/ws', 'websocket', 404],
    ['to an upstream that is not there', '/gone/ws', 'websocket', 502],
  ])('%s is answered like any request', async (_which, path, protocol, status) => {
    const heard = await (await upgrade(path, protocol)).closed;
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toMatch(/^connection: close\r$/im);
    if (status === 401) expect(heard).toMatch(/^www-authenticate: Basic\r$/im);
    if (path.startsWith('/plain') || path.startsWith('/usual')) {
      expect(echo.requests[0]?.headers.upgrade).toBeUndefined();
      expect(heard).not.toMatch(/^upgrade:/im);
    }
  });

  it('tells a WebSocket what the upstream says', async () => {
    const [, answer] = (await once(dial('/echo/refuse-upgrade'), 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    expect(answer.statusCode).toBe(401);
  });
});

describe('a WebSocket', () => {
  it('carries 1 MB both ways, unharmed', async () => {
    const socket = await connected('/echo/ws');
    const bytes = randomBytes(1_000_000);
    socket.send(bytes);
    const [answer, isBinary] = (await once(socket, 'message')) as [RawData, boolean];
    expect([Buffer.compare(answer as Buffer, bytes), isBinary]).toEqual([0, true]);
  });

  it('hears what the upstream says of its own accord', async () => {
    const socket = await connected('/usual/ws');
    await eventually(() => expect(echo.listeners).toBe(1));
    echo.emit('news');
    expect(String((await once(socket, 'message'))[0])).toBe('news');
  });

  it.each([
    ['close:4001', 4001],
    ['close:1000', 1000],
    ['drop', 1006],
  ])('ends as the upstream ends it: %s', async (told, code) => {
    const socket = await connected('/echo/ws');
    socket.send(told);
    expect(await codeOf(socket)).toBe(code);
  });

  it('ends at the upstream as its caller ends it', async () => {
    (await connected('/echo/ws')).close(4002);
    await eventually(() => expect([echo.requests[0]?.aborted, echo.listeners]).toEqual([false, 0]));
    (await connected('/echo/ws')).terminate();
    await eventually(() => expect([echo.requests[1]?.aborted, echo.listeners]).toEqual([true, 0]));
  });

  it('says who it is for, and not who from', async () => {
    const caller = await upgrade(
      '/echo/raw-upgrade?x=1',
      'echo',
      'Cookie: a=1\r\nAuthorization: Bearer x\r\nX-Request-Id: up\r\n',
    );
    await caller.hears('101 Switching Protocols');
    const { url, headers } = echo.requests[0]!;
    expect([url, headers.upgrade, headers.connection?.toLowerCase()]).toEqual(['/raw-upgrade?x=1', 'echo', 'upgrade']);
    expect([headers.cookie, headers.authorization, headers.via]).toEqual([undefined, undefined, '1.1 breakwater']);
    expect(caller.heard()).toMatch(/^proxy-status: breakwater; received-status=101\r$/im);
    caller.hangUp();
    await eventually(async () => expect(await accessLineOf(gateway, 'up')).toMatchObject({ status: 101 }));
  });
});
