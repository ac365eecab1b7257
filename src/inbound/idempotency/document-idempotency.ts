import type { OpenAPIObject } from '@nestjs/swagger';
import { ACCESS_EXTENSION } from '../authentication/access.ts';
import { problemResponses } from '../problems/api-problems.ts';
import type { ProblemCode } from '../problems/problem.ts';
import { PROBLEM_TYPE } from '../problems/send-problem.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']> & { [ACCESS_EXTENSION]?: string };
type Responses = Record<string, { description?: string; content?: Record<string, { examples?: object }> }>;

const WRITES = ['post', 'put', 'patch', 'delete'] as const;

const CODES: readonly ProblemCode[] = [
  ...(['idempotency_in_flight', 'idempotency_outcome_unknown', 'idempotency_answer_not_kept'] as const),
  ...(['idempotency_mismatch', 'unavailable'] as const),
];

const HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'What makes this request one with its repetitions: 1 to 255 printable characters, quoted or bare. For 24 hours, whoever ' +
    'sends the same with the same key gets the answer of the first time, marked `Idempotency-Replayed: true`; what failed ' +
    'before anything was done is tried again. Without a key, every request is one of its own.',
  schema: { type: 'string', maxLength: 257, example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"' },
} as const;

/** Adds to each write of users the key that it takes, and what it answers because of it. After `documentAccess`. */
export const documentIdempotency = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths))
    for (const method of WRITES) {
      const operation = path[method] as Operation | undefined;
      if (operation?.[ACCESS_EXTENSION] === 'token') describe(operation);
    }
  return document;
};

const describe = (operation: Operation): void => {
  operation.parameters = [...(operation.parameters ?? []), HEADER];
  const responses = operation.responses as Responses;
  for (const [status, added] of Object.entries(problemResponses(CODES))) {
    const own = responses[status];
    responses[status] = own?.content?.[PROBLEM_TYPE] ? join(own, added) : added;
  }
};

/** A status may have several reasons. */
const join = (own: Responses[string], added: Responses[string]): Responses[string] => {
  const [ownProblem, addedProblem] = [own.content![PROBLEM_TYPE]!, added.content![PROBLEM_TYPE]!];
  const problem = { ...ownProblem, examples: { ...ownProblem.examples, ...addedProblem.examples } };
  const description = `${own.description}, ${added.description}`;
  return { ...own, description, content: { ...own.content, [PROBLEM_TYPE]: problem } };
};
