import { applyDecorators, SetMetadata, UseInterceptors, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ApiProblems } from '../problems/api-problems.ts';
import { AcceptedCall } from './accepted-call.dto.ts';
import { DEFERRED_OPERATION } from './deferred-operation.ts';
import { RespondAsyncInterceptor } from './respond-async.interceptor.ts';

/**
 * Lets callers of a route have it done later by `Prefer: respond-async` (RFC 7240): their parameters and body become the
 * input of `operation`, and they are told where it will be found. Without that header nothing is different.
 * @param answer what the route answers otherwise, with status 202
 */
export const MayRespondAsync = (operation: string, answer: Type<object>): MethodDecorator =>
  applyDecorators(
    SetMetadata(DEFERRED_OPERATION, operation),
    UseInterceptors(RespondAsyncInterceptor),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: '`respond-async`: do not wait, do it in the background, as the operation `' + operation + '`.',
      schema: { type: 'string', example: 'respond-async' },
    }),
    ApiExtraModels(AcceptedCall, answer),
    ApiResponse({ status: 202, ...toResponse(answer) }),
    ApiProblems('payload_too_large', 'too_many_requests'),
  );

const only = (description: string, schema: object) => ({
  description: `${description} Only with respond-async.`,
  schema,
});

const toResponse = (answer: Type<object>) => ({
  description: 'What came of it; with `Prefer: respond-async` where it will be found.',
  content: { 'application/json': { schema: { oneOf: [answer, AcceptedCall].map(toReference) } } },
  headers: {
    'Preference-Applied': only('What of `Prefer` was followed.', { type: 'string', enum: ['respond-async'] }),
    Location: only('The call.', { type: 'string', example: '/api/v1/calls/3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f' }),
    'Retry-After': only('In how many seconds it is worth looking there.', { type: 'integer' }),
  },
});

const toReference = (type: Type<object>): { $ref: string } => ({ $ref: getSchemaPath(type) });
