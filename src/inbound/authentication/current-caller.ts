import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../platform/context/caller.ts';
import { contextOf } from '../request-context.hook.ts';

/** Gives a handler the `Caller`. @throws Error on a route where nobody is asked who they are */
export const CurrentCaller = createParamDecorator((_nothing: unknown, execution): Caller => {
  const { caller } = contextOf(execution.switchToHttp().getRequest<FastifyRequest>());
  if (caller === undefined) throw new Error('Only routes for users have a caller: take @Public or @OperatorsOnly away');
  return caller;
});
