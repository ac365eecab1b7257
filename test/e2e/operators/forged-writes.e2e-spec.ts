import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, problemOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { speak } from '../../support/raw-http.ts';
import { auditOf, BEARER, FROM_OUR_PAGE, logInCookie, TOKEN, writesOf } from './operators-scene.ts';

const CUSTOM = { 'x-requested-with': 'console' };

/** What a browser sends when another page makes it write. */
const FORGED: readonly (readonly [string, Record<string, string>])[] = [
  ['a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a script of another site', { ...CUSTOM, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a sibling of ours', { ...CUSTOM, origin: 'http://x.localhost', 'sec-fetch-site': 'same-site' }],
  ['a sandboxed frame', { ...CUSTOM, origin: 'null' }],
  ['a form of our own', { 'sec-fetch-site': 'same-origin' }],
  ['an old browser, and another site', { ...CUSTOM, origin: 'https://evil.example' }],
];

let breakwater: TestApp;
const start = async (env: Record<string, string>): Promise<void> => {
  breakwater = await createApp({ env: { POKEAPI_URL: 'off', ...env }, override: withMemoryBackground });
};

const write = (method: string, path: string, headers: Record<string, string>): Promise<Answer> =>
  ask(breakwater.url + path, { method, headers });

const expectAllRefused = async (headers: Record<string, string>): Promise<void> => {
  const before = auditOf(breakwater).length;
  for (const [method, path] of writesOf(breakwater)) {
    const answer = await write(method, path, headers);
    expect([path, answer.status, problemOf(answer).code]).toEqual([path, 403, 'forbidden']);
  }
  expect(auditOf(breakwater).length).toBe(before);
};

/** Whatever there is to say of what was sent. Each of them leaves its line. */
const expectNoneRefused = async (headers: Record<string, string>): Promise<void> => {
  const before = auditOf(breakwater).length;
  const writes = writesOf(breakwater);
  for (const [method, path] of writes) {
    const { status } = await write(method, path, headers);
    expect([method, path, status, [401, 403].includes(status)]).toEqual([method, path, status, false]);
  }
  expect(writes.length).toBeGreaterThanOrEqual(5);
  const lines = auditOf(breakwater).slice(before);
  expect(lines.filter(({ outcome }) => outcome !== undefined).length).toBe(writes.length);
};

describe('a write with the login cookie', () => {
  let cookie: string;
  beforeAll(async () => {
    await start({ OPS_TOKEN: TOKEN });
    cookie = await logInCookie(breakwater);
  });
  afterAll(() => breakwater.close());

  it.each([['nothing that says where it comes from', {}] as const, ['our header alone', CUSTOM] as const, ...FORGED])(
    'is refused when it comes from %s',
    async (_from, headers) => {
      await expectAllRefused({ cookie, ...headers });
    },
  );

  it('is done when it comes from our own page', async () => {
    await expectNoneRefused({ cookie, ...FROM_OUR_PAGE });
  });

  it('needs no proof to read', async () => {
    expect((await write('GET', '/health/providers', { cookie, 'sec-fetch-site': 'none' })).status).toBe(200);
  });
});

describe('a write with the token', () => {
  beforeAll(() => start({ OPS_TOKEN: TOKEN }));
  afterAll(() => breakwater.close());

  it('needs no other proof: nobody else can make a browser send it', async () => {
    await expectNoneRefused(BEARER);
  });
});

describe('a write from this machine, where OPS_TOKEN is not set', () => {
  beforeAll(() => start({}));
  afterAll(() => breakwater.close());

  it.each(FORGED)('is refused when a browser sends it for %s', async (_from, headers) => {
    await expectAllRefused(headers);
  });

  it('is refused when a name of others leads here', async () => {
    const head = 'POST /ops/providers/pokeapi/isolate HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n';
    expect((await speak(breakwater.url, `${head}Content-Length: 0\r\n\r\n`)).status).toBe(401);
  });

  it('is done for a program, and for our own page', async () => {
    await expectNoneRefused({});
    await expectNoneRefused(FROM_OUR_PAGE);
  });
});
