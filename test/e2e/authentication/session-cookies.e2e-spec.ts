import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { VaultUnavailable } from '../../../src/platform/vault/vault.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { GuardedModule } from './guarded.module.ts';
import { ADA, ADAS_SESSION, createGuardedApp, type GuardedApp } from './known-callers.ts';

const PATH = '/api/v1/guarded';
const PLAIN = `session=${ADAS_SESSION}`;
const HOST_ONLY = `__Host-session=${ADAS_SESSION}`;

let breakwater: GuardedApp;

beforeAll(async () => {
  breakwater = await createGuardedApp({ imports: [GuardedModule] });
});
afterEach(() => {
  breakwater.sessions.asked.length = 0;
  breakwater.sessions.failure = undefined;
});
afterAll(() => breakwater.close());

const get = (headers: Record<string, string>): Promise<Answer> => ask(breakwater.url + PATH, { headers });

const askAs = (host: string): Promise<RawAnswer> =>
  speak(breakwater.url, `GET ${PATH} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${PLAIN}\r\nConnection: close\r\n\r\n`);

const expectRefusedUnread = (status: number): void => expect([status, breakwater.sessions.asked]).toEqual([401, []]);

describe('a session cookie', () => {
  it('of a session that is over is refused, and says what to do', async () => {
    const answer = await get({ cookie: '__Host-session=over' });
    expect(problemOf(answer)).toMatchObject({ status: 401, detail: 'The session has ended: log in again' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each(['', 'a b', '"quoted"', '%00', '../etc', 'a'.repeat(257), 'ä'])(
    'that holds no id at all is not even looked up: %j',
    async (id) => {
      expectRefusedUnread((await get({ cookie: `__Host-session=${encodeURI(id)}` })).status);
    },
  );

  it.each(['other', 'Session', '__host-session', '__Host-session2', 'x__Host-session', '__Secure-session'])(
    'of another name is none: %s',
    async (name) => {
      expectRefusedUnread((await get({ cookie: `${name}=${ADAS_SESSION}` })).status);
    },
  );

  it('is ignored beside an Authorization header, whatever that holds', async () => {
    for (const authorization of ['Bearer other', 'Bearer', 'Basic x', ''])
      expectRefusedUnread((await get({ cookie: HOST_ONLY, authorization })).status);
    expect(jsonOf(await get({ cookie: HOST_ONLY, authorization: `Bearer ${ADA}` }))).toEqual({ subject: 'ada' });
    expect(breakwater.sessions.asked).toEqual([]);
  });

  it('cannot be read when the store is away: that is our trouble, and a short one', async () => {
    breakwater.sessions.failure = new VaultUnavailable();
    const answer = await get({ cookie: HOST_ONLY });
    expect(problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable', retryAfterMs: 1_000 });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it.each([HOST_ONLY, `a=b; ${HOST_ONLY}; c=d`, `session=other; ${HOST_ONLY}`])('lets in: %s', async (cookie) => {
    expect(jsonOf(await get({ cookie }))).toEqual({ subject: 'ada' });
  });
});

describe('the plain name of the cookie', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
    'is good on this machine: %s',
    async (host) => {
      const { status } = await askAs(host);
      expect(status).toBe(200);
    },
  );

  it.each(['example.com', 'localhost.example.com', '127.0.0.1.example.com', '10.0.0.1'])(
    'is none under another name: %s',
    async (host) => {
      const { status } = await askAs(host);
      expectRefusedUnread(status);
    },
  );

  it('is none for who comes from elsewhere, or through a proxy', async () => {
    const server = breakwater.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const headers = { host: 'localhost', cookie: PLAIN };
    const answer = await server.inject({ url: PATH, headers, remoteAddress: '10.0.0.1' });
    expectRefusedUnread(answer.statusCode);
    expectRefusedUnread((await get({ cookie: PLAIN, 'x-forwarded-proto': 'https' })).status);
  });

  it('is none where browsers come over https', async () => {
    const secure = await createGuardedApp({
      imports: [GuardedModule],
      env: { PUBLIC_URL: 'https://api.example.com' },
    });
    const statuses = [PLAIN, HOST_ONLY].map(
      async (cookie) => (await ask(secure.url + PATH, { headers: { cookie } })).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 200]);
    await secure.close();
  });
});
