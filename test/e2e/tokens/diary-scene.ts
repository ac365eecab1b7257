import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import type { CookieBrowser } from '../../support/cookie-browser.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';
import { claimsOf } from '../../upstreams/authorization/raw-requests.ts';
import type { ClientId } from '../../upstreams/authorization/clients.ts';
import type { User } from '../../upstreams/authorization/users.ts';
import { startScene, type LoginScene } from '../login/login-scene.ts';
import { diary } from './diary.module.ts';

/** Somebody who reads their diary. */
export interface Reader {
  readonly name: string;
  read(headers?: Readonly<Record<string, string>>, path?: string): Promise<Answer>;
}

export interface DiaryScene extends LoginScene {
  readonly clock: FakeClock;
  readonly upstream: TokenUpstream;
  /** How the upstream answers from now on: the owner of the token, and the number of the answer. */
  say(cacheControl: string, more?: SaidMore): void;
  /** A client that presents a token of its own: a new one at every call of this. */
  asClient(client: ClientId, scope?: string): Promise<Reader>;
  /** Somebody with a session. */
  asUser(user: User): Promise<Reader & { readonly browser: CookieBrowser }>;
}

interface SaidMore {
  readonly headers?: Readonly<Record<string, string>>;
  /** Not answered before that. */
  readonly after?: () => Promise<unknown>;
}

export const PAGE = '/api/v1/diary/today';

/** Whom the token stands for that a request came with. */
export const bearerOf = (authorization = ''): string => String(claimsOf(authorization.replace('Bearer ', ''))['sub']);

export const ownerOf = (answer: Answer): string => jsonOf<{ owner: string }>(answer).owner;
export const editionOf = (answer: Answer): number => jsonOf<{ edition: number }>(answer).edition;

/** An upstream that tells each by their token what is theirs, and the application in front of it, on a clock that stands still. */
export const startDiary = async (): Promise<DiaryScene> => {
  // A little ahead: tokens are issued by the real time, which goes on.
  const clock = new FakeClock(Date.now() + 60_000);
  const upstream = await startTokenUpstream();
  const scene = await startScene({ clock, imports: [diary({ maxAttempts: 1 })], env: { DIARY_URL: upstream.url } });
  const url = scene.breakwater.url;
  return {
    ...scene,
    clock,
    upstream,
    say: (cacheControl, { headers = {}, after } = {}) =>
      upstream.answer(({ headers: { authorization, 'if-none-match': known } }) => {
        const owner = bearerOf(authorization);
        const etag = `"${owner}"`;
        const date = new Date(clock.wallTime()).toUTCString();
        const fields = { date, etag, ...(cacheControl && { 'cache-control': cacheControl }), ...headers };
        const body = JSON.stringify({ owner, edition: upstream.seen.length });
        return {
          headers: fields,
          ...(known === etag ? { status: 304, body: '' } : { body }),
          ...(after && { after: after() }),
        };
      }),
    asClient: async (client, scope = 'ci:read') => {
      const authorization = `Bearer ${await scene.authorization.mintToken({ client, scope })}`;
      return {
        name: client,
        read: (headers = {}, path = PAGE) => ask(url + path, { headers: { authorization, ...headers } }),
      };
    },
    asUser: async (user) => {
      const browser = scene.browse();
      const there = (await browser.get('/auth/login')).headers.get('location')!;
      const back = new URL(await scene.authorization.logIn(there, { as: user }));
      await browser.get(back.pathname + back.search);
      return { name: user.login, browser, read: (headers = {}, path = PAGE) => browser.get(path, headers) };
    },
    close: async () => {
      await scene.close();
      await upstream.close();
    },
  };
};
