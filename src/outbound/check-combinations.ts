import type { ConfigProblem } from '../platform/config/config-error.ts';
import { isIdempotentMethod, type OperationOptions } from './http/operation.ts';
import type { ProviderOptions } from './provider-options.ts';

type Patience = Pick<ProviderOptions, 'attemptTimeoutMs' | 'callDeadlineMs' | 'maxAttempts' | 'backoffBaseMs'>;
type VariableOf = (field: keyof ProviderOptions & string) => string;

/** Combinations that can never work as written, each naming both values. */
export const checkCombinations = (
  options: ProviderOptions,
  operations: Readonly<Record<string, OperationOptions>>,
  variableOf: VariableOf,
): ConfigProblem[] => [
  ...patienceProblems(options, variableOf),
  ...windowProblems(options, variableOf),
  ...openTimeProblems(options, variableOf),
  ...Object.entries(operations).flatMap(([name, operation]) => operationProblems(name, operation, options)),
];

const patienceProblems = (patience: Patience, nameOf: (field: keyof Patience) => string): ConfigProblem[] => {
  const { attemptTimeoutMs, callDeadlineMs, maxAttempts, backoffBaseMs } = patience;
  const problems: ConfigProblem[] = [];
  if (attemptTimeoutMs > callDeadlineMs) {
    const remedy = `must not exceed ${nameOf('callDeadlineMs')}=${callDeadlineMs}`;
    problems.push({ variable: nameOf('attemptTimeoutMs'), value: `${attemptTimeoutMs}`, remedy });
  }
  if (maxAttempts * backoffBaseMs > callDeadlineMs) {
    const remedy = `with ${nameOf('backoffBaseMs')}=${backoffBaseMs} its waits exceed ${nameOf('callDeadlineMs')}=${callDeadlineMs}`;
    problems.push({ variable: nameOf('maxAttempts'), value: `${maxAttempts}`, remedy });
  }
  return problems;
};

const windowProblems = (
  { breakerWindowMs, attemptTimeoutMs }: ProviderOptions,
  nameOf: VariableOf,
): ConfigProblem[] => {
  if (breakerWindowMs >= 2 * attemptTimeoutMs) return [];
  const remedy = `must be at least twice ${nameOf('attemptTimeoutMs')}=${attemptTimeoutMs}`;
  return [{ variable: nameOf('breakerWindowMs'), value: `${breakerWindowMs}`, remedy }];
};

const openTimeProblems = (options: ProviderOptions, nameOf: VariableOf): ConfigProblem[] => {
  const { breakerOpenMs, breakerMaxOpenMs } = options;
  if (breakerOpenMs <= breakerMaxOpenMs) return [];
  const remedy = `must not exceed ${nameOf('breakerMaxOpenMs')}=${breakerMaxOpenMs}`;
  return [{ variable: nameOf('breakerOpenMs'), value: `${breakerOpenMs}`, remedy }];
};

const operationProblems = (name: string, operation: OperationOptions, provider: ProviderOptions): ConfigProblem[] => {
  const own = (field: string): string => `operation ${name}: ${field}`;
  // Only what the operation itself says can be its mistake; the rest was checked as the provider's.
  const isPatienceOwn = ['attemptTimeoutMs', 'callDeadlineMs', 'maxAttempts'].some((field) => field in operation);
  const problems = isPatienceOwn ? patienceProblems({ ...provider, ...operation }, own) : [];
  if (!isUnsafeRetry(operation)) return problems;
  const remedy = `${operation.method} may not be repeated: add idempotencyKey or idempotent, or set maxAttempts to 1`;
  return [...problems, { variable: own('maxAttempts'), value: `${operation.maxAttempts}`, remedy }];
};

/** An operation that asks for retries by itself without any proof that repeating it is safe. */
const isUnsafeRetry = ({ method, maxAttempts = 1, idempotent, idempotencyKey }: OperationOptions): boolean =>
  maxAttempts > 1 && !idempotencyKey && !(idempotent ?? (method === undefined || isIdempotentMethod(method)));
