import type { FastifyReply } from 'fastify';

/** What lets caches of many people keep an answer (RFC 9111 §5.2.2, §3.5). */
const FOR_MANY = /^(public|s-maxage|proxy-revalidate)\b/i;

const FOR_ONE = /^(private|no-store)$/i;

/** Caches at which these are aimed look at no other (RFC 9213 §2.2, and what came before it). */
const AIMED_AT_CDNS = ['cdn-cache-control', 'surrogate-control'] as const;

/** Commas between quotes part nothing. */
const DIRECTIVE = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;

/** An answer to a known caller is for that caller alone, whatever was said of it; and only while it is the same one. */
export const keepForCaller = (reply: FastifyReply): void => {
  for (const name of AIMED_AT_CDNS) reply.removeHeader(name);
  const cacheControl = reply.getHeader('cache-control');
  if (cacheControl !== undefined) reply.header('cache-control', toPrivate(String(cacheControl)));
  const vary = reply.getHeader('vary');
  reply.header('vary', [vary ?? [], 'Authorization', 'Cookie'].flat().join(', '));
};

const toPrivate = (cacheControl: string): string => {
  const directives = (cacheControl.match(DIRECTIVE) ?? []).map((directive) => directive.trim());
  const kept = directives.filter((directive) => directive !== '' && !FOR_MANY.test(directive));
  return (kept.some((directive) => FOR_ONE.test(directive)) ? kept : ['private', ...kept]).join(', ');
};
