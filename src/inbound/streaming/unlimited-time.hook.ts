import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { contextOf } from '../request-context.hook.ts';
import { streamedRoute } from './streamed-route.ts';

/**
 * Lets requests to routes that bear `@Streams`, or say `streamsBody`, take as long as they need. To be called before there
 * are routes.
 */
export const addUnlimitedTime = (server: FastifyInstance): void => {
  server.addHook('onRoute', (route) => {
    if (streamedRoute(route.config) || route.config?.streamsBody === true)
      route.onRequest = [route.onRequest ?? []].flat().concat(lift);
  });
};

const lift: onRequestHookHandler = (request, _reply, done) => {
  contextOf(request).deadlineAt = Infinity;
  done();
};
