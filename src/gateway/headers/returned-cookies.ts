import { cookieName, isOwnCookie } from './own-cookies.ts';
import { isWithin, type ToOurPath } from './path-back.ts';

/** A `Set-Cookie` for our callers; undefined for one that they are not given. */
export type ToOurCookie = (setCookie: string, stripped: string) => string | undefined;

/** Browsers take it only for the path `/`, which here is not the upstream's. */
const HOST_ONLY = /^__host-/i;

/** Without a name, browsers send the value alone, and `session=…` is a value, too (RFC 6265bis §5.6). */
const isAllowed = (setCookie: string): boolean => {
  const name = cookieName(nameAndValue(setCookie));
  return name !== '' && !isOwnCookie(name);
};

const nameAndValue = (setCookie: string): string => setCookie.split(';', 1)[0]!;

const REPLACED = /^(?:domain|path)\s*(?:=|$)/i;

/** As they are, but none that is ours. */
export const passCookie: ToOurCookie = (setCookie) => (isAllowed(setCookie) ? setCookie : undefined);

/**
 * For our host alone and the route's path: without `Domain`, and with the path that the upstream's is with us. One that the
 * upstream would never get from there is left out.
 * @param basePath without a slash at its end; may be empty
 */
export const compileCookieRewriting =
  (toOurPath: ToOurPath, basePath: string): ToOurCookie =>
  (setCookie, stripped) => {
    if (!isAllowed(setCookie) || HOST_ONLY.test(setCookie.trimStart())) return undefined;
    const [pair, ...attributes] = setCookie.split(';').map((part) => part.trim());
    const kept = attributes.filter((attribute) => !REPLACED.test(attribute));
    const theirs = pathOf(attributes);
    // Wider than the base is all of the base.
    const path = isWithin(basePath, theirs) ? basePath : theirs;
    const ours = toOurPath(path, stripped);
    return ours === undefined ? undefined : [pair, ...kept, `Path=${ours}`].join('; ');
  };

/** The last one counts; without one, or with none that is a path, all of the upstream (RFC 6265 §5.2.4). */
const pathOf = (attributes: readonly string[]): string => {
  const last = attributes.findLast((attribute) => /^path\s*=/i.test(attribute));
  const path = last?.slice(last.indexOf('=') + 1).trim() ?? '';
  if (!path.startsWith('/')) return '';
  return path.endsWith('/') ? path.slice(0, -1) : path;
};
