import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';
import { PROBLEM_TYPE } from './send-problem.ts';

/** What any route that calls an upstream may answer. */
const UPSTREAM_CODES: readonly ProblemCode[] = [
  'upstream_failed',
  'upstream_invalid_answer',
  'upstream_rejected',
  'upstream_unreachable',
  'circuit_open',
  'not_configured',
  'overloaded',
  'upstream_throttled',
  'upstream_timeout',
];

/** Documents the problems a route may answer, one example for each code. */
export const ApiProblems = (...named: (ProblemCode | 'upstream')[]): ClassDecorator & MethodDecorator => {
  const codes = named.flatMap((name) => (name === 'upstream' ? UPSTREAM_CODES : [name]));
  const byStatus = Object.entries(problemResponses(codes));
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...byStatus.map(([status, response]) => ApiResponse({ status: Number(status), ...response })),
  );
};

interface ProblemResponse {
  readonly description: string;
  readonly content: Record<string, { schema: { $ref: string }; examples: Record<string, { value: object }> }>;
}

/** The responses of OpenAPI, by status. */
export const problemResponses = (codes: readonly ProblemCode[]): Record<string, ProblemResponse> => {
  const byStatus = Object.entries(Object.groupBy(codes, (code) => PROBLEMS[code].status));
  return Object.fromEntries(byStatus.map(([status, some = []]) => [status, toResponse(some)]));
};

const toResponse = (codes: readonly ProblemCode[]): ProblemResponse => ({
  description: codes.map((code) => PROBLEMS[code].title).join(', or '),
  content: {
    [PROBLEM_TYPE]: {
      schema: { $ref: getSchemaPath(ProblemDto) },
      examples: Object.fromEntries(codes.map((code) => [code, { value: toExample(code) }])),
    },
  },
});

const toExample = (code: ProblemCode): object => {
  const { status, title, explanation } = PROBLEMS[code];
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail: explanation,
    instance: '/api/v1/…',
    code,
    requestId: '5b0c2c1e-5f0a-4f0e-9d8f-0f6f6d3f7c11',
  };
};
