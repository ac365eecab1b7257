import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

const SAME_FOR_EVERYBODY = 'same-for-everybody';

/**
 * Marks a GET handler whose answer depends on nothing but the URL and what upstreams allow to be kept: not on who asks,
 * not on the time. Such an answer may be repeated without asking guards or the handler, so only public routes may bear it:
 * the start is refused otherwise.
 */
export const SameForEverybody = (): MethodDecorator =>
  applyDecorators(RouteConfig({ sameForEverybody: true }), SetMetadata(SAME_FOR_EVERYBODY, true));

export const isSameForEverybody = (handler: object): boolean => Reflect.hasMetadata(SAME_FOR_EVERYBODY, handler);
