import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.ts';
import { ask, jsonOf, problemOf, type Answer } from '../../support/ask.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { speak, type RawAnswer } from '../../support/raw-http.ts';
import { ADMITTED, AdmittedModule } from './admitted.module.ts';
import { ADA, ADAS_SESSION, createGuardedApp, GRACE, type GuardedApp } from './known-callers.ts';

const OURS = 'https://api.example.com';
const LISTED = 'https://app.example.com';

let breakwater: GuardedApp;
const start = async (env: Record<string, string> = {}): Promise<void> => {
  breakwater = await createGuardedApp({
    imports: [AdmittedModule],
    env: { PUBLIC_URL: OURS, CORS_ORIGINS: LISTED, ...env },
    override: (builder) => builder.overrideProvider(Clock).useValue(new FakeClock()),
  });
};
afterEach(() => breakwater.close());

type Fields = Readonly<Record<string, string>>;

const get = (door: string, token?: string, headers: Fields = {}): Promise<Answer> =>
  ask(`${breakwater.url}${ADMITTED}/${door}`, {
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
  });

describe('a route that asks for itself', () => {
  beforeEach(() => start());

  it('lets anybody in at once where it is public, and asks nobody who they are', async () => {
    expect(jsonOf(await get('public', ADA))).toEqual({ subject: null, isAtOnce: true });
    expect(breakwater.tokens.asked).toEqual([]);
  });

  it('knows who comes with a token', async () => {
    const answer = await get('token', ADA);
    expect(jsonOf(answer)).toEqual({ subject: 'ada', isAtOnce: false });
    expect(answer.headers.get('cache-control')).toMatch(/no-store|private/);
  });

  it.each([
    [undefined, 'Bearer'],
    ['wrong', 'Bearer error="invalid_token"'],
  ])('refuses who comes with %s', async (token, challenge) => {
    const answer = await get('token', token);
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(answer.headers.get('www-authenticate')).toContain(challenge);
  });

  it('wants all of its scopes', async () => {
    expect((await get('scoped', ADA)).status).toBe(200);
    expect(problemOf(await get('scoped', GRACE))).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe('a session cookie', () => {
  beforeEach(() => start());
  const cookie = `__Host-session=${ADAS_SESSION}`;
  const send = (line: string, fields: Fields): Promise<RawAnswer> => {
    const all = { Host: 'api.example.com', Cookie: cookie, Connection: 'close', ...fields };
    const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return speak(breakwater.url, `${line} HTTP/1.1\r\n${head.join('')}\r\n`);
  };
  const upgrade = (fields: Fields): Promise<RawAnswer> =>
    send(`GET ${ADMITTED}/token`, { Connection: 'upgrade', Upgrade: 'websocket', ...fields });

  // Cross-site WebSocket hijacking: no preflight is asked for, and the cookie comes along.
  it.each<Fields>([
    {},
    { Origin: 'https://evil.example' },
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'https://x.example.com', 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'http://api.example.com' },
    { Origin: 'null' },
    { Origin: 'https://evil.example', 'X-Requested-With': 'fetch' },
  ])('does not open a connection for pages of others: %j', async (fields) => {
    const answer = await upgrade(fields);
    expect([answer.status, problemOf(answer).code]).toEqual([403, 'forbidden']);
  });

  it.each<Fields>([
    { Origin: OURS },
    { Origin: LISTED, 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'same-origin' },
  ])('opens one for ours, as browsers say it: %j', async (fields) => expect((await upgrade(fields)).status).toBe(200));

  it.each(['POST', 'PUT', 'DELETE'])('needs a proof to write: %s', async (method) => {
    const fields = { 'Content-Length': '0' };
    expect((await send(`${method} ${ADMITTED}/token`, fields)).status).toBe(403);
  });

  it('is enough to read, but not where reading is said to be unsafe', async () => {
    expect((await send(`GET ${ADMITTED}/token`, {})).status).toBe(200);
    expect((await send(`GET ${ADMITTED}/unsafe`, {})).status).toBe(403);
    expect((await send(`GET ${ADMITTED}/unsafe`, { Origin: OURS, 'X-Requested-With': 'fetch' })).status).toBe(200);
  });
});

describe('a public route that wants to know', () => {
  beforeEach(() => start());

  it.each([
    ['nobody', {}, null],
    ['nobody who names no session', { cookie: 'a=b' }, null],
    ['who has a token', { authorization: `Bearer ${ADA}` }, 'ada'],
    ['who has a session', { cookie: `__Host-session=${ADAS_SESSION}` }, 'ada'],
  ])('finds %s', async (_who, headers: Fields, subject) => {
    expect(jsonOf(await get('found', undefined, headers))).toEqual({ subject });
  });

  it.each<Fields>([
    { authorization: 'Bearer wrong' },
    { authorization: 'nonsense' },
    { cookie: '__Host-session=over' },
  ])('refuses what is wrong: %j', async (headers) => expect((await get('found', undefined, headers)).status).toBe(401));
});

describe('a route with a limit of its own', () => {
  const standing = ({ status, headers }: Answer): unknown[] => [status, headers.get('ratelimit')];

  it('tells both, and refuses by whichever is over', async () => {
    await start({ RATE_LIMIT: '3/60' });
    const first = await get('limited', ADA);
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=3;w=60, "gateway.limited";q=2;w=60');
    expect(standing(first)).toEqual([200, '"default";r=2;t=60, "gateway.limited";r=1;t=60']);
    expect(standing(await get('limited', ADA))).toEqual([200, '"default";r=1;t=60, "gateway.limited";r=0;t=60']);
    expect(standing(await get('limited', ADA))).toEqual([429, '"default";r=0;t=60, "gateway.limited";r=0;t=60']);
    expect(standing(await get('limited', ADA))).toEqual([429, '"default";r=0;t=60']);
  });

  it('does not count for others, nor others for it', async () => {
    await start({ RATE_LIMIT: '100/60' });
    for (let turn = 0; turn < 3; turn += 1) await get('token', ADA);
    expect(standing(await get('limited', ADA))).toEqual([200, '"default";r=96;t=60, "gateway.limited";r=1;t=60']);
    expect(standing(await get('limited', GRACE))).toEqual([200, '"default";r=99;t=60, "gateway.limited";r=1;t=60']);
  });

  it('has it without RATE_LIMIT, too: where it is public by address', async () => {
    await start();
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await get('public-limited')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await get('limited', ADA)).status).toBe(200);
    expect((await get('token', ADA)).headers.get('ratelimit')).toBeNull();
  });

  it('counts refused credentials by address, and shuts out no caller who comes from there', async () => {
    await start();
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await get('limited', `made-up-${turn}`)).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await get('limited', ADA)).status).toBe(200);
  });
});
