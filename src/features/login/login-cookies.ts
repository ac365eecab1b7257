import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGIN_LIFETIME_MS } from './logins.ts';

/** The prefix that makes browsers take a cookie from https only, for this host alone (RFC 6265bis §4.1.3.2). */
const HOST_PREFIX = '__Host-';

/** More logins at the same time are for nobody; each is a header that every request bears. */
const MAX_LOGINS = 5;

/** A login's cookie bears the beginning of its state, so that two tabs may log in at the same time. */
const STATE_CHARACTERS_IN_NAME = 8;

/** Other sites of our domain may have set cookies, too: with names that nobody may give, for one. */
const LOGIN_COOKIE = /^(?:__Host-)?login-[\w-]{8}$/;

/** One request, as far as cookies are concerned. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What the session cookie is called for this browser; other cookies have its prefix. */
  readonly sessionCookie: string;
}

const prefixOf = ({ sessionCookie }: Visit): string => (sessionCookie.startsWith(HOST_PREFIX) ? HOST_PREFIX : '');
const loginPrefixOf = (visit: Visit): string => `${prefixOf(visit)}login-`;

/** What the login with that state is called. */
const loginCookieOf = (visit: Visit, state: string): string =>
  loginPrefixOf(visit) + state.slice(0, STATE_CHARACTERS_IN_NAME);

const read = ({ request: { headers } }: Visit): Readonly<Record<string, string | undefined>> =>
  parseCookie(headers.cookie ?? '', { decode: (text) => text });

/**
 * Scripts do not see it. Lax, not Strict: the browser has to send it when it comes back from the authorization server.
 * Without `maxAgeMs` it lasts as long as the browser does; 0 deletes it.
 */
const write = (visit: Visit, { name, value, maxAgeMs }: WrittenCookie): void => {
  const cookie = stringifySetCookie({
    name,
    value,
    ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs / 1_000 }),
    path: '/',
    httpOnly: true,
    secure: prefixOf(visit) === HOST_PREFIX,
    sameSite: 'lax',
  });
  visit.reply.header('set-cookie', cookie);
};

interface WrittenCookie {
  readonly name: string;
  readonly value: string;
  readonly maxAgeMs?: number;
}

/** What this browser has kept of the login that it began with that state. */
export const readLoginCookie = (visit: Visit, state: string): string | undefined =>
  read(visit)[loginCookieOf(visit, state)];

/** Remembers a login in the browser; the oldest ones that were never finished are forgotten. */
export const writeLoginCookie = (
  visit: Visit,
  { text, state }: { readonly text: string; readonly state: string },
): void => {
  // Browsers send first what they got first (RFC 6265 §5.4).
  const others = Object.keys(read(visit)).filter(
    (name) => LOGIN_COOKIE.test(name) && name.startsWith(loginPrefixOf(visit)),
  );
  for (const name of others.slice(0, Math.max(0, others.length + 1 - MAX_LOGINS))) remove(visit, name);
  write(visit, { name: loginCookieOf(visit, state), value: text, maxAgeMs: LOGIN_LIFETIME_MS });
};

export const deleteLoginCookie = (visit: Visit, state: string): void => remove(visit, loginCookieOf(visit, state));

export const writeSessionCookie = (visit: Visit, id: string): void =>
  write(visit, { name: visit.sessionCookie, value: id });

export const deleteSessionCookie = (visit: Visit): void => remove(visit, visit.sessionCookie);

const remove = (visit: Visit, name: string): void => write(visit, { name, value: '', maxAgeMs: 0 });
