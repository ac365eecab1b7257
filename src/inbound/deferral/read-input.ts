import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../problems/invalid-request.ts';

/**
 * All that the handler would be given of a request, in one: its parameters, and its body if the handler looks at it.
 * @throws InvalidRequest when the body is not an object, or says anew what the address says
 */
export const readInput = (execution: ExecutionContext): object => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  const [body, params] = [request.body, request.params as object];
  const fields = takesBody(execution) ? toFields(body) : {};
  const twice = Object.keys(params).filter((name) => Object.hasOwn(fields, name));
  if (twice.length > 0) throw new InvalidRequest(twice.map((field) => ({ field, detail: 'is not known here' })));
  return { ...fields, ...params };
};

/** An empty one has no fields: what is missing the validation says. */
const toFields = (body: unknown): object => {
  if (body === undefined || body === null) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body;
  throw new InvalidRequest([{ field: 'body', detail: 'must be an object' }]);
};

const takesBody = (execution: ExecutionContext): boolean => {
  const [controller, { name }] = [execution.getClass(), execution.getHandler()];
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
};
