import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';
import { contextOf } from '../request-context.hook.ts';
import { toDownstreamFreshness } from './downstream-freshness.ts';
import { keepForCaller } from './keep-for-caller.ts';
import { findKnownTag, toEntityTag } from './entity-tag.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** The tag of the answer as it is before compression; undefined when compression must leave it alone. */
    entityTag: string | undefined;
  }
}

/** Members of Cache-Status: an answer may be made of a hundred calls, its headers may not. */
export const MAX_MEMBERS = 16;

/**
 * Tells caches behind us how long they may keep an answer to GET or HEAD, and gives it a tag; who has it already gets
 * a 304. What a handler says itself in Cache-Control or ETag stands, but no answer to a known caller is for others.
 * Runs before compression, of which the tag has to be independent: see `addCodedTags`.
 */
export const addCaching = (server: FastifyInstance): void => {
  server.decorateReply('entityTag', undefined);
  server.addHook('onSend', (request, reply, payload, done) => {
    const { caller, freshness } = contextOf(request);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const hasContent = typeof payload === 'string' || Buffer.isBuffer(payload);
    const isWhole = hasContent || payload === undefined || payload === null;
    // A stream is still being made: it may get sources that are not known yet.
    if (isRead) tellFreshness(reply, freshness.sources, isWhole && reply.statusCode < 400);
    if (caller !== undefined) keepForCaller(reply);
    if (!isRead || !hasContent || reply.statusCode !== 200) return done(null, payload);
    done(null, isKnown(request, reply, tag(reply, payload)) ? toNotModified(reply) : payload);
  });
};

const tellFreshness = (reply: FastifyReply, sources: readonly SourceFreshness[], isLasting: boolean): void => {
  const hasSources = sources.length > 0;
  if (hasSources) reply.header('cache-status', toCacheStatus(sources));
  if (reply.hasHeader('cache-control')) return;
  const freshness = hasSources && isLasting ? toDownstreamFreshness(sources) : undefined;
  reply.header('cache-control', freshness?.cacheControl ?? 'no-store');
  if (freshness) reply.header('age', freshness.ageSeconds);
};

/** RFC 9211 §2. */
const toCacheStatus = (sources: readonly SourceFreshness[]): string => {
  if (sources.length === 1) return sources[0]!.cacheStatus;
  return sources
    .slice(0, MAX_MEMBERS)
    .map(({ cacheStatus }) => cacheStatus)
    .join(', ');
};

const tag = (reply: FastifyReply, payload: string | Buffer): string => {
  const own = reply.getHeader('etag');
  const entityTag = typeof own === 'string' ? own : toEntityTag(payload);
  if (own === undefined) reply.header('etag', entityTag);
  if (entityTag.startsWith('"') && !reply.hasHeader('content-encoding')) reply.entityTag = entityTag;
  return entityTag;
};

const isKnown = ({ headers }: FastifyRequest, reply: FastifyReply, entityTag: string): boolean => {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch === undefined) return false;
  const known = findKnownTag(entityTag, { ifNoneMatch, acceptEncoding: headers['accept-encoding'] });
  if (known === undefined) return false;
  reply.header('etag', known);
  return true;
};

/** RFC 9110 §15.4.5. Empty, not absent: the server's own hook for HEAD trips over null. `addCodedTags` does the rest. */
const toNotModified = (reply: FastifyReply): string => {
  reply.code(304).removeHeader('content-type').removeHeader('content-encoding');
  return '';
};
