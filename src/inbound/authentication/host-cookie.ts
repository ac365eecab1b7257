import { parseCookie } from 'cookie';
import { isLoopbackHost } from '../../platform/is-loopback-host.ts';
import { isLocal, type Presented } from '../is-local.ts';

/** Makes browsers take a cookie from https only, for this host alone (RFC 6265bis §4.1.3.2). */
export const HOST_PREFIX = '__Host-';

export type Reach = { readonly publicUrl?: string | undefined };

/** For development there is the plain name, as there are no `__Host-` cookies without https: only over http, on this machine. */
export const hostCookieName = (name: string, request: Presented, { publicUrl }: Reach): string => {
  const isPlain = !publicUrl?.startsWith('https:') && isLocal(request) && isLoopbackHost(request.headers.host);
  return isPlain ? name : HOST_PREFIX + name;
};

/** The value of that cookie, under whichever of its names it may bear here; undefined when there is none. */
export const readHostCookie = (name: string, request: Presented, reach: Reach): string | undefined => {
  const { cookie } = request.headers;
  if (cookie === undefined || !cookie.includes(name)) return undefined;
  const cookies = parseCookie(cookie, { decode: (text) => text });
  return cookies[HOST_PREFIX + name] ?? cookies[hostCookieName(name, request, reach)];
};
