import { HttpAdapterHost } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { ADA, ADAS_SESSION, createGuardedApp, type GuardedApp } from '../authentication/known-callers.ts';
import { logInCookie, READS, TOKEN, writesOf } from './operators-scene.ts';

/** What a stranger may bring. */
const PRESENTED: readonly (readonly [string, Record<string, string>])[] = [
  ['nothing', {}],
  ['a wrong token', { authorization: 'Bearer wrong' }],
  ["a user's token", { authorization: `Bearer ${ADA}` }],
  ["a user's session", { cookie: `session=${ADAS_SESSION}` }],
  ['the token as a cookie', { cookie: `console=${TOKEN}` }],
  ['a made-up login', { cookie: `console=9999999999999.${'A'.repeat(43)}` }],
  ['a huge cookie', { cookie: `console=${'z'.repeat(12_000)}` }],
  ['a broken cookie', { cookie: 'console=%zz; console; =; __Host-console="' }],
];

/** Without what differs from request to request. */
const told = ({ status, text }: Answer, path: string): unknown => {
  const { instance, requestId, ...rest } = problemOf({ text });
  expect([instance, requestId]).toEqual([path.split('?')[0], expect.any(String)]);
  return [status, rest];
};

const expectNothingTold = async (app: TestApp, headers: Record<string, string>): Promise<void> => {
  const heard = new Set<string>();
  for (const [method, path] of [...READS.map((read) => ['GET', read] as const), ...writesOf(app)])
    heard.add(JSON.stringify(told(await ask(app.url + path, { method, headers }), path)));
  expect([...heard]).toEqual([expect.stringMatching(/^\[401,.*"unauthorized"/)]);
};

describe('who is no operator, where OPS_TOKEN is set', () => {
  let breakwater: GuardedApp;
  beforeAll(async () => {
    breakwater = await createGuardedApp({ env: { OPS_TOKEN: TOKEN, POKEAPI_URL: 'off' } });
  });
  afterAll(() => breakwater.close());

  it.each(PRESENTED)(
    'hears the same wherever it knocks, whether there is anything or not: %s',
    async (_what, headers) => {
      await expectNothingTold(breakwater, headers);
    },
  );

  it.each(PRESENTED)('sees the login page, which says nothing of what is behind it: %s', async (_what, headers) => {
    const page = await ask(`${breakwater.url}/console`, { headers });
    const other = await ask(`${breakwater.url}/console`);
    expect([page.status, page.text, page.headers.getSetCookie()]).toEqual([200, other.text, []]);
    for (const word of ['pokeapi', 'cms', 'semaphore', 'script', 'Breakwater']) expect(page.text).not.toContain(word);
    expect((await ask(`${breakwater.url}/console/login.css`, { headers })).status).toBe(200);
  });

  it('cannot have the pages themselves as files', async () => {
    const cookie = await logInCookie(breakwater);
    for (const name of ['console.html', 'login.html', '..%2f..%2fconsole.module.ts', 'snapshot.d.ts', '__proto__']) {
      const answer = await ask(`${breakwater.url}/console/${name}`, { headers: { cookie } });
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });
});

describe('who does not call from this machine, where OPS_TOKEN is not set', () => {
  let breakwater: TestApp;
  afterEach(() => breakwater.close());

  it('finds neither console nor login', async () => {
    breakwater = await createApp({ env: { POKEAPI_URL: 'off' } });
    const server = breakwater.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const visits = [
      { method: 'GET' as const, url: '/console', remoteAddress: '10.0.0.1' },
      { method: 'GET' as const, url: '/console', headers: { 'x-forwarded-for': '127.0.0.1' } },
      { method: 'GET' as const, url: '/console', headers: { host: 'rebound.example' } },
      { method: 'POST' as const, url: '/console/login', remoteAddress: '10.0.0.1', payload: { token: 'x' } },
      { method: 'GET' as const, url: '/console/console.js', remoteAddress: '10.0.0.1' },
      { method: 'GET' as const, url: '/console/events', remoteAddress: '10.0.0.1' },
    ];
    for (const visit of visits) {
      const { statusCode, body } = await server.inject(visit);
      expect([statusCode, problemOf({ text: body }).code]).toEqual([401, 'unauthorized']);
    }
    expect((await ask(`${breakwater.url}/console`)).text).toContain('console.js');
  });
});
