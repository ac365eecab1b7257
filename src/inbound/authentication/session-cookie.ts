import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../../platform/is-loopback-host.ts';
import { isLocal } from '../is-local.ts';

/** Browsers take it from https only, for this host alone (RFC 6265bis §4.1.3.2). */
const HOST_COOKIE = '__Host-session';

/** For development: without https there are no `__Host-` cookies. */
const PLAIN_COOKIE = 'session';

/** As ids of sessions look. */
const SESSION_ID = /^[\w-]{1,256}$/;

type Reach = { readonly publicUrl?: string | undefined };

/** What the session cookie is called for who asks: the plain name only over http, on this machine. */
export const sessionCookieName = (request: FastifyRequest, { publicUrl }: Reach): string => {
  const isPlain = !publicUrl?.startsWith('https:') && isLocal(request) && isLoopbackHost(request.headers.host);
  return isPlain ? PLAIN_COOKIE : HOST_COOKIE;
};

/** The session that a request names; undefined when it names none. */
export const readSessionId = (request: FastifyRequest, reach: Reach): string | undefined => {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const cookies = parseCookie(cookie, { decode: (text) => text });
  const id = cookies[HOST_COOKIE] ?? cookies[sessionCookieName(request, reach)];
  return id !== undefined && SESSION_ID.test(id) ? id : undefined;
};
