import type { ConfigProblem } from '../platform/config/config-error.ts';
import { isSafeMethod, type OperationOptions } from './http/operation.ts';
import type { ProviderOptions } from './provider-options.ts';

type Hedged = Pick<ProviderOptions, 'hedgeAfterMs' | 'attemptTimeoutMs'>;

/** An attempt that is over before it is late never gets a second one. */
export const hedgeProblems = (
  { hedgeAfterMs, attemptTimeoutMs }: Hedged,
  nameOf: (field: keyof Hedged) => string,
): ConfigProblem[] => {
  if (hedgeAfterMs < attemptTimeoutMs) return [];
  const remedy = `must be less than ${nameOf('attemptTimeoutMs')}=${attemptTimeoutMs}`;
  return [{ variable: nameOf('hedgeAfterMs'), value: `${hedgeAfterMs}`, remedy }];
};

const MAX_AFTER_MS = 3_600_000;

type Own = (field: string) => string;

const problem = (variable: string, value: unknown, remedy: string): ConfigProblem[] => [
  { variable, value: String(value), remedy },
];

/** Of an operation's `hedge`, by the bounds of the provider's options of the same meaning. */
export const ownHedgeProblems = (operation: OperationOptions, provider: ProviderOptions, own: Own): ConfigProblem[] => {
  const { method = 'GET', idempotent, attemptTimeoutMs } = operation;
  const hedge = operation.hedge ?? (isSafeMethod(method) ? provider.hedge : 'off');
  if (hedge === 'off') return [];
  const { afterMs, maxShare = provider.hedgeMaxShare } = typeof hedge === 'object' ? hedge : {};
  return [
    ...(isSafeMethod(method) || idempotent
      ? []
      : problem(own('hedge'), 'on', `${method} may not be done twice at the same time: add idempotent if it may`)),
    ...(afterMs === undefined
      ? inheritedTimeProblems(attemptTimeoutMs, provider, own)
      : ownTimeProblems(afterMs, attemptTimeoutMs ?? provider.attemptTimeoutMs, own)),
    ...(maxShare > 0 && maxShare <= 1 ? [] : problem(own('hedge.maxShare'), maxShare, 'give a number from 0.001 to 1')),
  ];
};

const ownTimeProblems = (afterMs: number, timeoutMs: number, own: Own): ConfigProblem[] => {
  if (Number.isInteger(afterMs) && afterMs >= 0 && afterMs <= MAX_AFTER_MS && afterMs < timeoutMs) return [];
  return problem(own('hedge.afterMs'), afterMs, `give a whole number of ms less than attemptTimeoutMs=${timeoutMs}`);
};

/** Against the provider's own timeout its time has been checked as the provider's. */
const inheritedTimeProblems = (
  timeoutMs: number | undefined,
  { hedgeAfterMs }: ProviderOptions,
  own: Own,
): ConfigProblem[] => {
  if (timeoutMs === undefined || hedgeAfterMs < timeoutMs) return [];
  const remedy = `must be more than hedgeAfterMs=${hedgeAfterMs}; or give the operation a hedge of its own`;
  return problem(own('attemptTimeoutMs'), timeoutMs, remedy);
};
