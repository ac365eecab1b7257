import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readIdempotencyKey } from './read-idempotency-key.ts';

/**
 * Gives a handler the caller's idempotency key, to hand it on to an upstream that sees to it; undefined when there is none.
 * The key does its work here without that.
 * @throws InvalidRequest when there are several, or one that cannot be used
 */
export const IdempotencyKey = createParamDecorator((_nothing: unknown, execution): string | undefined =>
  readIdempotencyKey(execution.switchToHttp().getRequest<FastifyRequest>().raw.headersDistinct['idempotency-key']),
);
