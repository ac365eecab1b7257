import { createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { readIdempotencyKey } from './read-idempotency-key.ts';

/** Documents the route of the parameter it stands at. */
const documentHeader: ParameterDecorator = (target, method) => {
  const handler = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
  if (method === undefined || handler === undefined) return;
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'What makes this request one with its repetitions: 1 to 255 printable characters, quoted or bare.',
    schema: { type: 'string', maxLength: 257, example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"' },
  })(target, method, handler);
};

/**
 * Gives a handler the caller's idempotency key; undefined when there is none.
 * @throws InvalidRequest when there are several, or one that cannot be used
 */
export const IdempotencyKey = createParamDecorator(
  (_nothing: unknown, execution): string | undefined =>
    readIdempotencyKey(execution.switchToHttp().getRequest<FastifyRequest>().raw.headersDistinct['idempotency-key']),
  [documentHeader],
);
