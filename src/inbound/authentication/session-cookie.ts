import type { FastifyRequest } from 'fastify';
import { hostCookieName, readHostCookie, type Reach } from './host-cookie.ts';

const SESSION_COOKIE = 'session';

/** As ids of sessions look. */
const SESSION_ID = /^[\w-]{1,256}$/;

/** What the session cookie is called for who asks. */
export const sessionCookieName = (request: FastifyRequest, reach: Reach): string =>
  hostCookieName(SESSION_COOKIE, request, reach);

/** The session that a request names; undefined when it names none. */
export const readSessionId = (request: FastifyRequest, reach: Reach): string | undefined => {
  const id = readHostCookie(SESSION_COOKIE, request, reach);
  return id !== undefined && SESSION_ID.test(id) ? id : undefined;
};
