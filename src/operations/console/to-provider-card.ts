import type { ProviderStatus } from '../../outbound/index.ts';
import type { LastError, Vitals, VitalsPoint } from '../vitals/vitals.ts';
import type { HistoryPoint, ProviderCard } from './page/snapshot.ts';

export const toProviderCard = (
  status: ProviderStatus,
  vitals: Vitals,
  history: readonly VitalsPoint[],
): Omit<ProviderCard, 'drift'> => ({
  ...toVerdict(status, vitals),
  ...toNumbers(status, vitals),
  ...toNotices(vitals),
  servers: (status.endpoints ?? []).map(({ id, state, circuit = 'closed' }) => ({ id, state, circuit })),
  history: history.map(toPoint),
});

const toVerdict = (
  { name, circuit, isIsolated }: ProviderStatus,
  { verdict, since, why, lastError }: Vitals,
): Pick<ProviderCard, 'name' | 'verdict' | 'since' | 'why' | 'circuit' | 'isIsolated' | 'lastError'> => ({
  name,
  verdict,
  since,
  why,
  circuit,
  isIsolated,
  lastError: lastError && toError(lastError),
});

const toNumbers = (
  { attemptsInFlight, attemptsWaiting, retryBudgetTokens }: ProviderStatus,
  { lately }: Vitals,
): Omit<
  ProviderCard,
  keyof ReturnType<typeof toVerdict> | keyof ReturnType<typeof toNotices> | 'servers' | 'drift' | 'history'
> => ({
  callsPerSecond: lately.windowMs > 0 ? (lately.calls * 1_000) / lately.windowMs : 0,
  errorRatio: lately.successRatio === null ? null : 1 - lately.successRatio,
  cacheHitRatio: lately.cacheHitRatio,
  p50Ms: lately.latency?.p50Ms ?? null,
  p95Ms: lately.latency?.p95Ms ?? null,
  attemptsInFlight,
  attemptsWaiting,
  retryBudgetTokens,
  retries: lately.retries,
  refusedCalls: lately.refusedCalls,
  staleAnswers: lately.staleAnswers,
});

const toNotices = ({ quota, sunset, deprecation }: Vitals): Pick<ProviderCard, 'quota' | 'sunset' | 'deprecation'> => ({
  quota: quota && { remaining: quota.remaining, ...(quota.limit !== undefined && { limit: quota.limit }) },
  sunset,
  deprecation,
});

const toError = ({ at, code, reason, operation }: LastError): NonNullable<ProviderCard['lastError']> => ({
  at,
  code,
  reason,
  operation,
});

const toPoint = ({ at, calls, failedCalls, p95Ms }: VitalsPoint): HistoryPoint => ({ at, calls, failedCalls, p95Ms });
