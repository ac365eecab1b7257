import type { User } from './users.ts';

type Cookies = Map<string, string>;

const HOPS_AT_MOST = 12;

/** Follows an authorization URL as a new browser would, fills in the form, and stops at what leaves the server. */
export const logInAs = async (user: User, authorizationUrl: string, refuse: boolean): Promise<string> => {
  const { origin } = new URL(authorizationUrl);
  const cookies: Cookies = new Map();
  let answer = await visit(authorizationUrl, cookies);
  for (let hop = 0; hop < HOPS_AT_MOST; hop += 1) {
    const location = answer.headers.get('location');
    if (location === null) {
      answer = await visit(answer.url, cookies, await fillIn(answer, user, refuse));
      continue;
    }
    const next = new URL(location, answer.url);
    if (next.origin !== origin) return next.href;
    answer = await visit(next.href, cookies);
  }
  throw new Error(`the login did not end within ${HOPS_AT_MOST} redirects: see the authorization URL`);
};

const visit = async (url: string, cookies: Cookies, form?: URLSearchParams): Promise<Response> => {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const headers = { accept: 'text/html', cookie };
  const answer = await fetch(url, { redirect: 'manual', headers, ...(form && { method: 'POST', body: form }) });
  for (const line of answer.headers.getSetCookie()) keep(line, cookies);
  return answer;
};

const keep = (line: string, cookies: Cookies): void => {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
};

const fillIn = async (answer: Response, user: User, refuse: boolean): Promise<URLSearchParams> => {
  const html = await answer.text();
  if (answer.status !== 200 || !html.includes('name="password"'))
    throw new Error(`the authorization server shows no login form but, with ${answer.status}: ${html}`);
  return new URLSearchParams(refuse ? { refuse: 'yes' } : { login: user.login, password: user.password });
};
