import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf } from '../../support/ask.ts';
import { askRaw } from '../../support/raw-http.ts';
import { comeBack, logIn, sessionOf, startScene, type LoginScene } from './login-scene.ts';

const ID = /[\w-]{43}/.source;
const TAG = /[\w-]{8}/.source;
/** A login, sealed. */
const TEXT = /[\w-]{200,3000}/.source;
const LONGEST_PATH = `/${'a'.repeat(511)}`;

describe('a login', () => {
  let scene: LoginScene;
  afterEach(() => scene.close());

  it('ends where it was to end, with a session, and the browser sees no token', async () => {
    scene = await startScene();
    const browser = scene.browse();
    const answer = await logIn(browser, scene.authorization, '/api/v1/me?a=1');
    expect(answer.headers.get('location')).toBe('/api/v1/me?a=1');
    const me = await browser.get('/api/v1/me');
    expect([me.status, jsonOf(me)]).toMatchObject([200, { subject: 'ash' }]);
    const state = await browser.get('/auth/session');
    expect(jsonOf(state)).toMatchObject({ isLoggedIn: true, subject: 'ash', name: 'Ash Ketchum' });
    expect(jsonOf<{ scopes: string[] }>(state).scopes).toContain('pokemon:read');
    const { accessToken, refreshToken } = (await sessionOf(scene.breakwater, browser))!;
    const cookies = [...browser.cookies.values()];
    for (const secret of [accessToken.reveal(), refreshToken!.reveal(), scene.authorization.clientSecret, ...cookies]) {
      expect(browser.received.join('\n')).not.toContain(secret);
      expect(scene.breakwater.logLines.join('')).not.toContain(secret);
    }
  });

  it.each([
    ['on this machine', {}, '', ''],
    ['over https', { PUBLIC_URL: 'https://app.example.com' }, '__Host-', '; Secure'],
  ])('%s leaves cookies that only the browser itself can read', async (_where, env, prefix, secure) => {
    scene = await startScene({ env });
    const browser = scene.browse();
    const left = await browser.get('/auth/login');
    const rest = `Path=/; HttpOnly${secure}; SameSite=Lax`;
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^${prefix}login-${TAG}=${TEXT}; Max-Age=600; ${rest}$`)),
    ]);
    const { pathname, search } = new URL(await scene.authorization.logIn(left.headers.get('location')!));
    const back = await browser.get(pathname + search);
    expect(back.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^${prefix}login-${TAG}=; Max-Age=0; ${rest}$`)),
      expect.stringMatching(new RegExp(`^${prefix}session=${ID}; ${rest}$`)),
    ]);
    const out = await browser.post('/auth/logout');
    expect(out.headers.getSetCookie()).toEqual([`${prefix}session=; Max-Age=0; ${rest}`]);
    expect(browser.cookies.size).toBe(0);
  });

  it('sends the browser away without telling where it comes from, and nothing of it is kept on the way', async () => {
    scene = await startScene();
    const browser = scene.browse();
    const answers = [
      await browser.get('/auth/login'),
      await browser.get('/auth/callback'),
      await logIn(browser, scene.authorization),
    ];
    answers.push(
      await browser.get('/auth/session'),
      await browser.post('/auth/logout'),
      await browser.post('/auth/logout', {}),
    );
    expect(answers.map(({ status }) => status)).toEqual([302, 400, 303, 200, 200, 403]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('asks for a code for this login alone', async () => {
    scene = await startScene();
    const [one, other] = await Promise.all([scene.browse().get('/auth/login'), scene.browse().get('/auth/login')]);
    const [first, second] = [one, other].map(({ headers }) => new URL(headers.get('location')!).searchParams);
    expect(Object.fromEntries(first!)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${scene.breakwater.url}/auth/callback`,
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first!.get(name)).toMatch(new RegExp(`^${ID}$`));
      expect(first!.get(name)).not.toBe(second!.get(name));
    }
  });

  it('works in two tabs at the same time', async () => {
    scene = await startScene();
    const browser = scene.browse();
    const one = await comeBack(browser, scene.authorization, { returnTo: '/one' });
    const other = await comeBack(browser, scene.authorization, { returnTo: '/other' });
    for (const [path, returnTo] of [
      [one, '/one'],
      [other, '/other'],
    ] as const) {
      const answer = await browser.get(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, returnTo]);
    }
    expect((await browser.get('/api/v1/me')).status).toBe(200);
    expect([...browser.cookies.keys()]).toEqual(['session']);
  });

  it('that is begun over and over keeps five cookies, of the newest ones', async () => {
    scene = await startScene();
    const browser = scene.browse();
    const begun: string[] = [];
    for (let login = 0; login < 8; login += 1) {
      const { headers } = await browser.get(`/auth/login?returnTo=${LONGEST_PATH}`);
      begun.push(`login-${new URL(headers.get('location')!).searchParams.get('state')!.slice(0, 8)}`);
    }
    expect([...browser.cookies.keys()]).toEqual(begun.slice(3));
    // So many are not too much for anybody on the way: many servers take headers of 8 KiB.
    expect([...browser.cookies].join('; ').length).toBeLessThan(7_000);
    expect((await logIn(browser, scene.authorization, LONGEST_PATH)).headers.get('location')).toBe(LONGEST_PATH);
  });

  it('is documented', async () => {
    scene = await startScene();
    const { paths } = jsonOf<{ paths: Record<string, Record<string, { tags: string[] }>> }>(
      await ask(`${scene.breakwater.url}/docs/openapi.json`),
    );
    const operations = Object.entries(paths).filter(([path]) => path.startsWith('/auth/'));
    expect(operations.map(([path]) => path)).toEqual([
      '/auth/login',
      '/auth/callback',
      '/auth/logout',
      '/auth/session',
    ]);
    for (const [, methods] of operations)
      for (const { tags } of Object.values(methods)) expect(tags).toEqual(['login']);
    expect((await askRaw(scene.breakwater.url, '/api/auth/session')).status).toBe(404);
  });
});
