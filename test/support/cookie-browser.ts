import { parseSetCookie, stringifyCookie } from 'cookie';
import { ask, type Answer } from './ask.ts';

/** As much of a browser as a login needs: it keeps cookies and sends them to the one application it knows. */
export interface CookieBrowser {
  /** By name, in the order in which they came. */
  readonly cookies: Map<string, string>;
  /** All that it was ever sent: bodies, and headers but for Set-Cookie. */
  readonly received: string[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** As a script of our own pages does it. */
  post(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** What a script of our own pages sends along with a write. */
export const OWN_SCRIPT = { 'x-requested-with': 'fetch', 'sec-fetch-site': 'same-origin' };

/** `Secure` is not looked at: what the application takes for https is plain http here. */
export const openBrowser = (url: string): CookieBrowser => {
  const cookies = new Map<string, string>();
  const received: string[] = [];
  const visit = async (path: string, init: RequestInit): Promise<Answer> => {
    const cookie = stringifyCookie(Object.fromEntries(cookies), { encode: (value) => value });
    const headers = { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) };
    const answer = await ask(new URL(path, url).href, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) keep(line, cookies);
    const fields = [...answer.headers].filter(([name]) => name !== 'set-cookie');
    received.push(answer.text, ...fields.map((field) => field.join(': ')));
    return answer;
  };
  return {
    cookies,
    received,
    get: (path, headers = {}) => visit(path, { headers }),
    post: (path, headers = OWN_SCRIPT) => visit(path, { method: 'POST', headers }),
  };
};

const keep = (line: string, cookies: Map<string, string>): void => {
  const { name, value = '', maxAge = Infinity } = parseSetCookie(line);
  if (maxAge <= 0) cookies.delete(name);
  else cookies.set(name, value);
};
