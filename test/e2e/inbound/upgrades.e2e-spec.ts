import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessLineOf } from '../../support/access-log.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { converse, type Conversation } from '../../support/raw-conversation.ts';
import { speak } from '../../support/raw-http.ts';
import { RAW, RawModule, RawRoutes } from './raw.module.ts';

let breakwater: TestApp;
let routes: RawRoutes;
let caller: Conversation;
beforeEach(async () => {
  breakwater = await createApp({ imports: [RawModule], env: { SHUTDOWN_TIMEOUT_MS: '400' } });
  routes = breakwater.app.get(RawRoutes);
  caller = await converse(breakwater.url);
});
afterEach(async () => {
  caller.hangUp();
  await breakwater.close();
});

const request = (line: string, ...fields: string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: test', 'Connection: Upgrade', 'Upgrade: echo', ...fields].join('\r\n')}\r\n\r\n`;
const openTunnel = async (behind = '', id = 'tunnel'): Promise<void> => {
  caller.say(request(`GET ${RAW}/tunnel`, `X-Request-Id: ${id}`) + behind);
  await caller.hears('101 Switching Protocols');
};

describe('a tunnel', () => {
  it('carries what is said, from the first byte behind the request', async () => {
    await openTunnel('early ');
    caller.say('late');
    await caller.hears('early late');
  });

  it('is over when the connection is: then it is logged, as 101', async () => {
    await openTunnel();
    expect(breakwater.logLines.join()).not.toContain('tunnel');
    caller.hangUp();
    await eventually(async () => {
      expect(await accessLineOf(breakwater, 'tunnel')).toMatchObject({ status: 101, route: `${RAW}/tunnel` });
    });
  });

  it('is told when the process stops, and may say goodbye', async () => {
    routes.stop = () => caller.say('goodbye');
    await openTunnel();
    const stopped = breakwater.close();
    await caller.hears('goodbye');
    expect(routes.stops).toBe(1);
    caller.hangUp();
    await stopped;
  });

  it('is closed when the process stops and nobody does it otherwise', async () => {
    await openTunnel();
    const startedAt = performance.now();
    await Promise.all([breakwater.close(), caller.closed]);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });

  it('is cut off when it does not end in time', async () => {
    routes.stop = () => undefined;
    await openTunnel();
    await Promise.all([breakwater.close(), caller.closed]);
    expect(breakwater.logLines.join()).toContain('cut off');
  });
});

describe('a request that wants an upgrade', () => {
  it('may be answered like any other: then the connection is closed', async () => {
    caller.say(request(`GET ${RAW}/upgrade`));
    const heard = await caller.closed;
    expect(heard).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*{"isUpgrade":true}$/i);
    expect(heard).toMatch(/^x-request-id: /m);
  });

  it.each([
    ['/gateway/nowhere', 404, 'not_found'],
    ['/gateway/%zz', 400, 'invalid_request'],
  ])('gets problems like any other: %s', async (path, status, code) => {
    const answer = await speak(breakwater.url, request(`GET ${path}`));
    expect(JSON.parse(answer.text)).toMatchObject({ status, code, instance: path });
  });

  it('is checked like any other', async () => {
    const answer = await speak(breakwater.url, request(`GET ${RAW}/tunnel`, 'Host: evil.example'));
    expect([answer.status, routes.reached]).toEqual([400, []]);
  });

  it('gets an answer of any size', async () => {
    caller.say(request(`GET ${RAW}/large`));
    expect((await caller.closed).length).toBeGreaterThan(5_000_000);
  });

  it.each(['POST', 'HEAD', 'DELETE'])('may be one by %s, with a type and without a body', async (method) => {
    const fields = ['Content-Type: application/json', 'Content-Length: 0'];
    for (const path of [`${RAW}/upgrade`, '/gateway/nowhere'])
      expect((await speak(breakwater.url, request(`${method} ${path}`, ...fields))).status).toBeLessThan(500);
  });

  it('is forgotten when its caller leaves before there is an answer', async () => {
    caller.say(request(`GET ${RAW}/silent`, 'X-Request-Id: impatient'));
    await eventually(() => expect(routes.reached.length).toBe(1));
    caller.end();
    await caller.closed;
    await eventually(async () => expect(await accessLineOf(breakwater, 'impatient')).toMatchObject({ status: 499 }));
  });

  it('and is broken off does no harm', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const other = await converse(breakwater.url);
      other.say(request(`GET ${RAW}/${turn % 2 === 0 ? 'large' : 'tunnel'}`));
      other.hangUp();
    }
    await eventually(() => expect(routes.reached.length).toBeGreaterThan(0));
    expect((await speak(breakwater.url, request(`GET ${RAW}/upgrade`))).status).toBe(200);
  });
});

describe('an upgrade is ignored', () => {
  const ordinary = (line: string, ...fields: string[]): string =>
    `${[line, 'Host: test', 'Connection: upgrade, close', ...fields].join('\r\n')}\r\n\r\n`;

  it.each<[string, string]>([
    ['to h2c', ordinary(`GET ${RAW}/upgrade HTTP/1.1`, 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk')],
    ['in HTTP/1.0', ordinary(`GET ${RAW}/upgrade HTTP/1.0`, 'Upgrade: echo')],
    ['with a body', `${ordinary(`POST ${RAW}/upgrade HTTP/1.1`, 'Upgrade: echo', 'Content-Length: 5')}hello`],
    [
      'with chunks',
      `${ordinary(`POST ${RAW}/upgrade HTTP/1.1`, 'Upgrade: echo', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    ],
    ['with an expectation', ordinary(`GET ${RAW}/upgrade HTTP/1.1`, 'Upgrade: echo', 'Expect: 100-continue')],
    [
      'that Connection does not name',
      `GET ${RAW}/upgrade HTTP/1.1\r\nHost: test\r\nConnection: close\r\nUpgrade: echo\r\n\r\n`,
    ],
  ])('%s', async (_what, bytes) => {
    const answer = await speak(breakwater.url, bytes);
    expect([answer.status, answer.text]).toEqual([200, '{"isUpgrade":false}']);
  });

  it.each(['/health/live', '/nowhere', '/gateway', '/gateways/raw/upgrade', '/%67ateway/raw/upgrade'])(
    'outside the gateway, and the connection ends, as what follows may begin in the middle: %s',
    async (path) => {
      caller.say(request(`GET ${path}`));
      expect((await caller.closed).match(/HTTP\/1.1 /g)?.length).toBe(1);
    },
  );
});
