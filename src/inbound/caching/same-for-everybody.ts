import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * Marks a GET handler whose answer depends on nothing but the URL and what upstreams allow to be kept: not on who asks,
 * not on the time. Such an answer may be repeated without asking guards or the handler, so only public routes bear it.
 */
export const SameForEverybody = (): MethodDecorator => RouteConfig({ sameForEverybody: true });
