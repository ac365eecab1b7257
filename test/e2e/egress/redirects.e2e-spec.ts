import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, problemOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { probe } from '../../support/probe.module.ts';
import { reverseProxy } from '../../support/reverse-proxy.module.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';
import { watchConnections, type Connections } from './connections.ts';

let [upstream, elsewhere]: Listening[] = [];
let breakwater: TestApp;
let connections: Connections;
let location: string;
let elsewhereConnections = 0;

const hostOf = (url: string): string => new URL(url).host;

/** Sends everybody where the test says; the first segment of the path is the status. */
const redirecting = createServer((request, answer) => {
  const status = Number(/\/(\d{3})$/.exec(request.url ?? '')?.[1]);
  answer.writeHead(status, { location, 'content-type': 'application/json' }).end('{}');
});
const listening = createServer((_request, answer) => void answer.end('{"secret":true}'));
listening.on('connection', () => (elsewhereConnections += 1));

beforeAll(async () => {
  [upstream, elsewhere] = await Promise.all([listenLocally(redirecting), listenLocally(listening)]);
  const baseUrl = `http://127.0.0.1:${upstream.port}`;
  breakwater = await createApp({
    imports: [probe('redirecting', { baseUrl }), reverseProxy('redirected', { baseUrl })],
  });
});
afterAll(async () => {
  await breakwater.close();
  await Promise.all([upstream?.close(), elsewhere?.close()]);
});
beforeEach(() => {
  elsewhereConnections = 0;
  connections = watchConnections();
});
afterEach(() => connections.stop());

const TARGETS = [
  ['http://127.0.0.1:<port>/secret'],
  ['http://localhost:<port>/secret'],
  ['http://2130706433:<port>/secret'],
  ['http://0177.0.0.1:<port>/secret'],
  ['//127.0.0.1:<port>/secret'],
  ['http://169.254.169.254/latest/meta-data/'],
  ['http://[fd00:ec2::254]/latest/meta-data/'],
  ['http://[::1]:<port>/'],
  ['http://10.0.0.1/'],
  ['https://elsewhere.example/'],
] as const;

/** Nothing was connected to but the upstream and, by this test, the application. */
const expectNothingElse = (): void => {
  const known = [`127.0.0.1:${upstream?.port}`, hostOf(breakwater.url)];
  expect([...connections.hosts].filter((host) => !known.includes(host))).toEqual([]);
  expect(elsewhereConnections).toBe(0);
};

describe.each([301, 302, 303, 307, 308])('an upstream that answers %i', (status) => {
  it.each(TARGETS)('sends no call to %s', async (target) => {
    location = target.replace('<port>', String(elsewhere?.port));
    for (const method of ['GET', 'POST']) {
      const answer = await ask(`${breakwater.url}/api/v1/probe/redirecting/${status}`, { method });
      expect(problemOf(answer)).toMatchObject({ status: 502, code: 'upstream_invalid_answer' });
      expect(answer.text).not.toContain(location);
    }
    expectNothingElse();
  });

  it.each(TARGETS)(
    'has its answer passed on as it is where it is passed through, and %s left alone',
    async (target) => {
      location = target.replace('<port>', String(elsewhere?.port));
      const answer = await ask(`${breakwater.url}/api/proxy/redirected/${status}`);
      expect([answer.status, answer.headers.get('location')]).toEqual([status, location]);
      expectNothingElse();
    },
  );
});
