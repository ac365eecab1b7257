import { validateSync, type ValidationError } from 'class-validator';
import type { ConfigProblem } from '../platform/config/config-error.ts';
import type { CredentialKind } from './credentials/credential-kind.ts';
import type { CacheOverrides } from './cache/cache-policy.ts';
import { hedgeProblems, ownHedgeProblems } from './check-hedge.ts';
import { loggedQueryProblems } from './check-logged-query.ts';
import { isInternalHost } from './egress/is-internal-host.ts';
import { isIdempotentMethod, isSafeMethod, type OperationOptions } from './http/operation.ts';
import { ProviderOptions } from './provider-options.ts';

type Patience = Pick<ProviderOptions, 'attemptTimeoutMs' | 'callDeadlineMs' | 'maxAttempts' | 'backoffBaseMs'>;
type VariableOf = (field: keyof ProviderOptions) => string;
/** How a field of one operation is named. */
type Own = (field: string) => string;

interface Checked {
  readonly operations: Readonly<Record<string, OperationOptions>>;
  readonly credential: CredentialKind | undefined;
}

/** Combinations that can never work as written, each naming both values. */
export const checkCombinations = (
  options: ProviderOptions,
  { operations, credential }: Checked,
  variableOf: VariableOf,
): ConfigProblem[] => [
  ...patienceProblems(options, variableOf),
  ...windowProblems(options, variableOf),
  ...openTimeProblems(options, variableOf),
  ...hedgeProblems(options, variableOf),
  ...(credential && !credential.isAbsent?.(options) ? clearTextProblems(options, variableOf) : []),
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

type Window = Pick<ProviderOptions, 'breakerWindowMs' | 'attemptTimeoutMs'>;

const fitsWindow = ({ breakerWindowMs, attemptTimeoutMs }: Window): boolean => breakerWindowMs >= 2 * attemptTimeoutMs;

const windowProblems = (
  { breakerWindowMs, attemptTimeoutMs }: ProviderOptions,
  nameOf: VariableOf,
): ConfigProblem[] => {
  if (fitsWindow({ breakerWindowMs, attemptTimeoutMs })) return [];
  const remedy = `must be at least twice ${nameOf('attemptTimeoutMs')}=${attemptTimeoutMs}`;
  return [{ variable: nameOf('breakerWindowMs'), value: `${breakerWindowMs}`, remedy }];
};

const openTimeProblems = (options: ProviderOptions, nameOf: VariableOf): ConfigProblem[] => {
  const { breakerOpenMs, breakerMaxOpenMs } = options;
  if (breakerOpenMs <= breakerMaxOpenMs) return [];
  const remedy = `must not exceed ${nameOf('breakerMaxOpenMs')}=${breakerMaxOpenMs}`;
  return [{ variable: nameOf('breakerOpenMs'), value: `${breakerOpenMs}`, remedy }];
};

/** A credential in clear may be read by whoever stands between. */
const clearTextProblems = ({ baseUrl }: ProviderOptions, nameOf: VariableOf): ConfigProblem[] => {
  const { protocol, hostname } = new URL(baseUrl ?? 'https://none.example');
  if (protocol === 'https:' || isInternalHost(hostname)) return [];
  const remedy =
    'credentials are sent there: use https://, unless its host is this machine, a private address or a name that cannot be public';
  return [{ variable: nameOf('baseUrl'), value: baseUrl ?? '', remedy }];
};

/** What of an operation is patience, and so has the provider's bounds. */
const PATIENCE = ['attemptTimeoutMs', 'callDeadlineMs', 'maxAttempts', 'maxResponseBytes', 'maxConcurrent'] as const;

/** Only what the operation itself says can be its mistake; the rest was checked as the provider's. */
const operationProblems = (name: string, operation: OperationOptions, provider: ProviderOptions): ConfigProblem[] => {
  const own = (field: string): string => `operation ${name}: ${field}`;
  return [
    ...cacheProblems(operation, own),
    ...loggedQueryProblems(operation, own),
    ...ownHedgeProblems(operation, provider, own),
    ...ownPatienceProblems(operation, provider, own),
  ];
};

/** Of an operation's `cache`, by the bounds of the provider's options of the same meaning. */
const CACHE = {
  ttlMs: 'cacheTtlMs',
  staleWhileRevalidateMs: 'staleWhileRevalidateMs',
  staleIfErrorMs: 'staleIfErrorMs',
  heuristicRatio: 'heuristicRatio',
  refreshAhead: 'refreshAhead',
} as const satisfies Record<keyof CacheOverrides, keyof ProviderOptions>;

const cacheProblems = ({ cache = {}, collapse, method = 'GET' }: OperationOptions, own: Own): ConfigProblem[] => {
  const problems: ConfigProblem[] = [];
  if (collapse && !isSafeMethod(method)) {
    const remedy = `only safe methods can be collapsed, not ${method}: each call has its effect`;
    problems.push({ variable: own('collapse'), value: 'true', remedy });
  }
  if (cache === 'off') return problems;
  const names = Object.keys(cache) as (keyof CacheOverrides)[];
  const given = Object.fromEntries(names.map((field) => [CACHE[field], cache[field]]));
  const errors = validateSync(Object.assign(new ProviderOptions(), given), { skipUndefinedProperties: true });
  return [...problems, ...errors.map((error) => toProblem(error, (field) => own(`cache.${fieldOf(field)}`)))];
};

const fieldOf = (option: string): string => (option === CACHE.ttlMs ? 'ttlMs' : option);

const ownPatienceProblems = (operation: OperationOptions, provider: ProviderOptions, own: Own): ConfigProblem[] => {
  const given = PATIENCE.filter((field) => operation[field] !== undefined);
  if (given.length === 0) return [];
  const merged = Object.assign(
    new ProviderOptions(),
    provider,
    Object.fromEntries(given.map((field) => [field, operation[field]])),
  );
  const outOfBounds = validateSync(merged, { skipUndefinedProperties: true });
  if (outOfBounds.length > 0) return outOfBounds.map((error) => toProblem(error, own));
  return [...patienceProblems(merged, own), ...ownWindowProblems(merged, own), ...unsafeRetryProblems(operation, own)];
};

/** An operation has no window of its own: its attempts have to fit the provider's. */
const ownWindowProblems = ({ breakerWindowMs, attemptTimeoutMs }: ProviderOptions, own: Own): ConfigProblem[] => {
  if (fitsWindow({ breakerWindowMs, attemptTimeoutMs })) return [];
  const remedy = `must not exceed half of breakerWindowMs=${breakerWindowMs}`;
  return [{ variable: own('attemptTimeoutMs'), value: `${attemptTimeoutMs}`, remedy }];
};

const toProblem = ({ property, value, constraints }: ValidationError, own: Own): ConfigProblem => ({
  variable: own(property),
  value: String(value),
  remedy: Object.values(constraints ?? {}).join('; '),
});

const unsafeRetryProblems = (operation: OperationOptions, own: Own): ConfigProblem[] => {
  if (!isUnsafeRetry(operation)) return [];
  const remedy = `${operation.method} may not be repeated: add idempotencyKey or idempotent, or set maxAttempts to 1`;
  return [{ variable: own('maxAttempts'), value: `${operation.maxAttempts}`, remedy }];
};

/** An operation that asks for retries by itself without any proof that repeating it is safe. */
const isUnsafeRetry = ({ method, maxAttempts = 1, idempotent, idempotencyKey }: OperationOptions): boolean =>
  maxAttempts > 1 && !idempotencyKey && !(idempotent ?? (method === undefined || isIdempotentMethod(method)));
