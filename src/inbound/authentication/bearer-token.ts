import type { FastifyRequest } from 'fastify';

/** What the Authorization header holds; undefined when there is no bearer token in it. */
export type BearerToken = { readonly token: string } | { readonly refusal: string } | undefined;

/** Longer ones are not looked at; our own would be a few hundred bytes. */
const MAX_TOKEN_LENGTH = 8_192;

/** Schemes are case-insensitive (RFC 9110 §11.1). */
const BEARER = /^Bearer(?: +(.*))?$/i;

/** RFC 6750 §2.1. */
const B64TOKEN = /^[\w.~+/-]+=*$/;

/** Reads a token from the one place where it may be: never from the query or a form (RFC 9700 §4.3.2). */
export const readBearerToken = ({ headers, raw }: FastifyRequest): BearerToken => {
  const match = BEARER.exec(headers.authorization ?? '');
  if (match === null) return undefined;
  // Of several the server would take the first, and a proxy in front of us maybe the last.
  if (countOf('authorization', raw.rawHeaders) > 1) return { refusal: 'more than one Authorization header' };
  const [, token = ''] = match;
  if (token.length > MAX_TOKEN_LENGTH) return { refusal: 'too long' };
  return B64TOKEN.test(token) ? { token } : { refusal: 'malformed' };
};

/** @param rawHeaders names and values in turn */
const countOf = (name: string, rawHeaders: readonly string[]): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
