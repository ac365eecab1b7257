import type { FastifyInstance, onSendHookHandler } from 'fastify';
import { toCodedTag } from './entity-tag.ts';

/**
 * The second half of `addCaching`, for after compression: gives compressed answers a tag of their own
 * (RFC 9110 §8.8.3.3). Compression hooks itself into every route, so what comes after it has to do the same.
 */
export const addCodedTags = (server: FastifyInstance): void => {
  server.addHook('onRoute', (route) => {
    route.onSend = [route.onSend ?? []].flat().concat(finish);
  });
};

const finish: onSendHookHandler = (_request, reply, payload, done) => {
  // HEAD's own hook has put the length of nothing there.
  if (!payload && reply.statusCode === 304) {
    reply.removeHeader('content-length');
    return done(null, null);
  }
  if (reply.entityTag !== undefined) {
    const coding = reply.getHeader('content-encoding');
    if (typeof coding === 'string') reply.header('etag', toCodedTag(reply.entityTag, coding));
  }
  done(null, payload);
};
