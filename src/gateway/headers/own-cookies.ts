/**
 * Names that are ours on this host, whoever sets them: the session, logins under way, and what is called after us. Also
 * with a prefix, in any case of it, for browsers take `__host-` for `__Host-`.
 */
const OWN = /^(?:__(?:host|secure|http|host-http)-)?(?:session|login-[\w-]{8}|console|breakwater[\w.-]*)$/i;

/** Nothing of this, nothing of ours. */
const MAYBE_OWN = /session|login-|console|breakwater/i;

/** The name of a cookie, or of a `Set-Cookie`; empty where there is none, and the whole text is a value (RFC 6265bis §5.6). */
export const cookieName = (pair: string): string => pair.slice(0, Math.max(0, pair.indexOf('='))).trim();

export const isOwnCookie = (name: string): boolean => OWN.test(name);

/** A `Cookie` without those that are ours; undefined when nothing is left. */
export const withoutOwnCookies = (cookie: string): string | undefined => {
  if (!MAYBE_OWN.test(cookie)) return cookie.trim() === '' ? undefined : cookie;
  const others = cookie.split(';').filter((pair) => pair.trim() !== '' && !isOwnCookie(cookieName(pair)));
  return others.length === 0 ? undefined : others.map((pair) => pair.trim()).join('; ');
};
