import type { StandardSchemaV1 } from '@standard-schema/spec';
import { UpstreamError } from '../errors/upstream-error.ts';

interface Origin {
  readonly provider: string;
  readonly operation: string;
}

/** What an error may say about a broken answer: enough to find the fields, never a value. */
const MAX_PATHS = 5;

/** Checks an answer against its schema: the upstream's promise, where we read it. */
export const checkAnswer = async <S extends StandardSchemaV1>(
  schema: S,
  answer: { data: unknown; status: number },
  origin: Origin,
): Promise<StandardSchemaV1.InferOutput<S>> => {
  const result = await validate(schema, answer.data);
  if (!result.issues) return result.value;
  const reason = `the answer breaks its schema at ${result.issues.slice(0, MAX_PATHS).map(toPath).join(', ')}`;
  throw new UpstreamError({
    code: 'upstream_invalid_answer',
    ...origin,
    reason,
    status: answer.status,
    transient: false,
  });
};

type Result<S extends StandardSchemaV1> = StandardSchemaV1.Result<StandardSchemaV1.InferOutput<S>>;

/** A schema that cannot cope, with nesting without end for one, has not been met. */
const validate = async <S extends StandardSchemaV1>(schema: S, data: unknown): Promise<Result<S>> => {
  try {
    return (await schema['~standard'].validate(data)) as Result<S>;
  } catch {
    return { issues: [{ message: 'the schema could not be applied' }] };
  }
};

const toPath = ({ path = [] }: StandardSchemaV1.Issue): string =>
  path.map((key) => String(typeof key === 'object' ? key.key : key)).join('.') || '(root)';
