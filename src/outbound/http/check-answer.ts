import type { StandardSchemaV1 } from '@standard-schema/spec';
import { callError } from '../errors/call-error.ts';
import type { Call } from './call.ts';

export interface Answer {
  readonly call: Pick<Call, 'provider' | 'operation'>;
  readonly data: unknown;
  readonly status: number;
}

/** What an error may say about a broken answer: enough to find the fields, never a value. */
const MAX_PATHS = 5;

/** Checks an answer against its schema: the upstream's promise, where we read it. */
export const checkAnswer = async <S extends StandardSchemaV1>(
  schema: S,
  { call, data, status }: Answer,
): Promise<StandardSchemaV1.InferOutput<S>> => {
  const result = await validate(schema, data);
  if (!result.issues) return result.value;
  const reason = `the answer breaks its schema at ${result.issues.slice(0, MAX_PATHS).map(toPath).join(', ')}`;
  throw callError(call, { code: 'upstream_invalid_answer', reason, status, transient: false });
};

type Result<S extends StandardSchemaV1> = StandardSchemaV1.Result<StandardSchemaV1.InferOutput<S>>;

/** A schema that cannot cope, with nesting without end for one, has not been met. */
const validate = async <S extends StandardSchemaV1>(schema: S, data: unknown): Promise<Result<S>> => {
  try {
    return await schema['~standard'].validate(data);
  } catch {
    return { issues: [{ message: 'the schema could not be applied' }] };
  }
};

const toPath = ({ path = [] }: StandardSchemaV1.Issue): string =>
  path.map((key) => String(typeof key === 'object' ? key.key : key)).join('.') || '(root)';
