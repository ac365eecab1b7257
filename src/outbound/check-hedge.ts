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

/** Of an operation's `hedge`, by the bounds of the provider's options of the same meaning. */
export const ownHedgeProblems = (
  { hedge = 'off', method = 'GET', idempotent, attemptTimeoutMs }: OperationOptions,
  provider: ProviderOptions,
  own: (field: string) => string,
): ConfigProblem[] => {
  if (hedge === 'off') return [];
  const { afterMs = 0, maxShare = provider.hedgeMaxShare } = hedge === 'on' ? {} : hedge;
  const problem = (field: string, value: unknown, remedy: string): ConfigProblem[] => [
    { variable: own(field), value: String(value), remedy },
  ];
  const timeoutMs = attemptTimeoutMs ?? provider.attemptTimeoutMs;
  const isTime = Number.isInteger(afterMs) && afterMs >= 0 && afterMs <= MAX_AFTER_MS;
  return [
    ...(isSafeMethod(method) || idempotent
      ? []
      : problem('hedge', 'on', `${method} may not be done twice at the same time: add idempotent if it may`)),
    ...(isTime && afterMs < timeoutMs
      ? []
      : problem('hedge.afterMs', afterMs, `give a whole number of ms less than attemptTimeoutMs=${timeoutMs}`)),
    ...(maxShare > 0 && maxShare <= 1 ? [] : problem('hedge.maxShare', maxShare, 'give a number from 0.001 to 1')),
  ];
};
