import type { StandardSchemaV1 } from '@standard-schema/spec';
import { isThenable } from '../../platform/is-thenable.ts';
import type { ContractWatch } from '../contract/contract-watch.ts';
import { callError } from '../errors/call-error.ts';
import type { Call } from './call.ts';
import type { WholeAnswer } from './whole-answer.ts';

export interface Answer {
  readonly call: Pick<Call, 'provider' | 'operation'>;
  readonly data: unknown;
  readonly status: number;
  /** Told of it; absent: nobody is, for it was seen before. */
  readonly watch?: ContractWatch | undefined;
  /** `data` is a `WholeAnswer`. */
  readonly isWhole?: boolean | undefined;
}

/** What an error may say about a broken answer: enough to find the fields, never a value. */
const MAX_PATHS = 5;

type Result<S extends StandardSchemaV1> = StandardSchemaV1.Result<StandardSchemaV1.InferOutput<S>>;

/**
 * Checks an answer against its schema: the upstream's promise, where we read it. Unless that is enforced, one that breaks it
 * is given as it came; but for a whole answer, of which only its schema makes what the client wants.
 * A promise only where the schema needs time.
 */
export const checkAnswer = <S extends StandardSchemaV1>(
  schema: S,
  answer: Answer,
): StandardSchemaV1.InferOutput<S> | Promise<StandardSchemaV1.InferOutput<S>> => {
  const result = validate(schema, answer.data);
  return isThenable(result) ? result.then((settled) => judge(answer, settled)) : judge(answer, result);
};

const judge = <S extends StandardSchemaV1>(answer: Answer, result: Result<S>): StandardSchemaV1.InferOutput<S> => {
  const { call, data, status } = answer;
  const { contract } = call.operation;
  if (contract !== 'off') tellWatch(answer, result.issues);
  if (!result.issues) return result.value;
  if (contract !== 'enforce' && !answer.isWhole) return data;
  const reason = `the answer breaks its schema at ${result.issues.slice(0, MAX_PATHS).map(toPath).join(', ')}`;
  throw callError(call, { code: 'upstream_invalid_answer', reason, status, transient: false });
};

type Issues = readonly StandardSchemaV1.Issue[];

const tellWatch = ({ call, data, watch, isWhole }: Answer, issues: Issues | undefined): void => {
  const { name } = call.operation;
  const body = isWhole ? (data as WholeAnswer).body : data;
  if (issues === undefined) watch?.look(name, body);
  else watch?.noteBroken(name, isWhole ? issues.map(toIssueOfBody) : issues, body);
};

const toIssueOfBody = ({ message, path = [] }: StandardSchemaV1.Issue): StandardSchemaV1.Issue => ({
  message,
  path: path[0] === 'body' ? path.slice(1) : path,
});

/** A schema that cannot cope, with nesting without end for one, has not been met. */
const validate = <S extends StandardSchemaV1>(schema: S, data: unknown): Result<S> | Promise<Result<S>> => {
  try {
    const result = schema['~standard'].validate(data);
    return isThenable(result) ? Promise.resolve(result).catch(() => NOT_APPLICABLE) : result;
  } catch {
    return NOT_APPLICABLE;
  }
};

const NOT_APPLICABLE = { issues: [{ message: 'the schema could not be applied' }] };

const toPath = ({ path = [] }: StandardSchemaV1.Issue): string =>
  path.map((key) => String(typeof key === 'object' ? key.key : key)).join('.') || '(root)';
