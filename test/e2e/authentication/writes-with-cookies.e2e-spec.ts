import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemOf } from '../../support/ask.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { GuardedModule } from './guarded.module.ts';
import { ADA, ADAS_SESSION, createGuardedApp, type GuardedApp } from './known-callers.ts';

const OURS = 'https://api.example.com';
const LISTED = 'https://app.example.com';
const COOKIE = { Cookie: `__Host-session=${ADAS_SESSION}` };
const CUSTOM = { 'X-Requested-With': 'fetch' };

type Fields = Readonly<Record<string, string>>;

/** As a browser would: it alone says where a request comes from. */
const send = (app: GuardedApp, method: string, { Host = 'api.example.com', ...fields }: Fields): Promise<RawAnswer> => {
  const lines = Object.entries({ Host, Connection: 'close', 'Content-Length': '0', ...fields });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return speak(app.url, `${method} /api/v1/guarded HTTP/1.1\r\n${head}\r\n`);
};

const expectForbidden = ({ status, text }: RawAnswer): void => {
  expect([status, problemOf({ text }).code]).toEqual([403, 'forbidden']);
};

describe('a write with a session cookie, where PUBLIC_URL says where we are', () => {
  let breakwater: GuardedApp;
  beforeAll(async () => {
    breakwater = await createGuardedApp({
      imports: [GuardedModule],
      env: { PUBLIC_URL: OURS, CORS_ORIGINS: LISTED },
    });
  });
  afterAll(() => breakwater.close());

  it.each<[string, Fields]>([
    ['nothing says where it comes from', CUSTOM],
    ['a form of another site sends it', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site sends it', { ...CUSTOM, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site sends it with an old browser', { ...CUSTOM, Origin: 'https://evil.example' }],
    ['a sibling of ours sends it', { ...CUSTOM, Origin: 'https://x.example.com', 'Sec-Fetch-Site': 'same-site' }],
    ['our site sends it over http', { ...CUSTOM, Origin: 'http://api.example.com' }],
    ['our site sends it from another port', { ...CUSTOM, Origin: `${OURS}:8443` }],
    ['a sandboxed frame sends it', { ...CUSTOM, Origin: 'null' }],
    ['two origins are named', { ...CUSTOM, Origin: `${OURS}, https://evil.example` }],
    ['an address bar sends it', { ...CUSTOM, 'Sec-Fetch-Site': 'none' }],
    ['the Host names itself', { ...CUSTOM, Host: 'localhost', Origin: 'http://localhost' }],
    ['a form of our own sends it', { Origin: OURS, 'Sec-Fetch-Site': 'same-origin' }],
    ['the custom header is empty', { Origin: OURS, 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': '' }],
  ])('is refused when %s', async (_when, fields) => {
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH'])
      expectForbidden(await send(breakwater, method, { ...COOKIE, ...fields }));
  });

  it.each<[string, Fields]>([
    ['our own page, says the browser', { 'Sec-Fetch-Site': 'same-origin' }],
    ['our own origin, with an old browser', { Origin: OURS }],
    ['a listed origin', { Origin: LISTED, 'Sec-Fetch-Site': 'same-site' }],
  ])('is let in from %s', async (_from, fields) => {
    expect((await send(breakwater, 'POST', { ...COOKIE, ...CUSTOM, ...fields })).status).toBe(200);
  });

  it('is refused as unauthorized when the session is over', async () => {
    expect((await send(breakwater, 'POST', { Cookie: '__Host-session=over' })).status).toBe(401);
  });

  it('needs no proof to read, nor with a token, which no browser sends along by itself', async () => {
    for (const method of ['GET', 'HEAD']) expect((await send(breakwater, method, COOKIE)).status).toBe(200);
    expect((await send(breakwater, 'POST', { Authorization: `Bearer ${ADA}` })).status).toBe(200);
  });
});

describe('a write with a session cookie, without PUBLIC_URL', () => {
  let breakwater: GuardedApp;
  beforeAll(async () => {
    breakwater = await createGuardedApp({ imports: [GuardedModule] });
  });
  afterAll(() => breakwater.close());

  it.each([
    ['evil.example', 'http://evil.example'],
    ['localhost:3000', 'http://localhost:4000'],
    ['localhost:3000', 'https://localhost:3000'],
    ['localhost.evil.example', 'http://localhost.evil.example'],
  ])('is refused to the Host %s from %s', async (Host, Origin) => {
    expectForbidden(await send(breakwater, 'POST', { ...COOKIE, ...CUSTOM, Host, Origin }));
  });

  it.each([
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
  ])('is let in to %s from %s', async (Host, Origin) => {
    const fields = { Cookie: `session=${ADAS_SESSION}`, ...CUSTOM, Host, Origin };
    expect((await send(breakwater, 'POST', fields)).status).toBe(200);
  });
});
