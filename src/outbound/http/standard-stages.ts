import type { Clock } from '../../platform/clock.ts';
import { cache } from '../cache/cache.ts';
import { caching } from '../cache/caching.ts';
import { collapse } from '../cache/collapse.ts';
import { keep } from '../cache/keep.ts';
import type { RecentKeys } from '../cache/recent-keys.ts';
import { reportFreshness } from '../cache/report-freshness.ts';
import type { CacheStore } from '../cache/stores/cache-store.ts';
import { authorize, type AuthorizeParts } from '../credentials/authorize.ts';
import { identify } from '../credentials/identify.ts';
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { ProviderOptions } from '../provider-options.ts';
import { attemptTimeout } from '../resilience/attempt-timeout.ts';
import { bulkhead } from '../resilience/bulkhead.ts';
import type { Circuit } from '../resilience/circuit.ts';
import { circuitBreaker } from '../resilience/circuit-breaker.ts';
import { deadline } from '../resilience/deadline.ts';
import { failover } from '../resilience/failover.ts';
import { hedge } from '../resilience/hedge.ts';
import { idempotencyKey } from '../resilience/idempotency-key.ts';
import type { RetryBudget } from '../resilience/retry-budget.ts';
import { isolation } from '../resilience/isolation.ts';
import { retry } from '../resilience/retry.ts';
import type { WaitingLine } from '../resilience/waiting-line.ts';
import type { CallReceipts } from '../telemetry/call-receipts.ts';
import { receipt } from '../telemetry/receipt.ts';
import type { Call, Stage } from './call.ts';
import { decompress } from './decompress.ts';
import { outgoingHeaders } from './outgoing-headers.ts';
import { readAnswer } from './read-answer.ts';

/** What a provider's stages share and remember. */
export interface StageParts {
  readonly options: ProviderOptions;
  readonly receipts: CallReceipts;
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: CacheStore;
  /** Keys whose answers lately turned out not to be kept; not to be shared. */
  readonly unstorable: RecentKeys;
  readonly unshareable: RecentKeys;
  readonly budget: RetryBudget;
  readonly line: WaitingLine;
  /** Undefined: there is one server, that of the call's origin. */
  readonly endpoints?: Endpoints | undefined;
  readonly circuitOf: (call: Call) => Circuit;
  /** Whether an operator keeps calls from it. Default never. */
  readonly isIsolated?: () => boolean;
  /** What its calls present; undefined: nothing. */
  readonly authorization?: AuthorizeParts | undefined;
}

/** What every call passes, outermost first. This list is the order; it is stated nowhere else. */
export const standardStages = ({
  options,
  receipts,
  clock,
  random,
  authorization,
  isIsolated = () => false,
  ...shared
}: StageParts): Stage[] => [
  receipt(receipts, clock),
  readAnswer(),
  ...(authorization ? [identify(authorization)] : []),
  reportFreshness(clock),
  deadline(clock),
  caching([
    cache({ ...shared, receipts, clock }),
    collapse({ ...shared, receipts, clock }),
    keep({ ...shared, clock }),
  ]),
  idempotencyKey(options.idempotencyHeader),
  retry(options, { ...shared, clock, random }),
  hedge({ ...shared, isIsolated, clock }),
  // Before the line, so that nobody waits for it; and behind, for those who have been waiting.
  isolation(isIsolated),
  bulkhead(shared.line, options, clock),
  isolation(isIsolated),
  ...(shared.endpoints ? [failover({ ...options, endpoints: shared.endpoints, clock })] : []),
  attemptTimeout(clock),
  ...(authorization ? [authorize(authorization)] : []),
  circuitBreaker({ ...shared, slowAttemptRatio: options.slowAttemptRatio, clock }),
  outgoingHeaders(options.userAgent),
  decompress(),
];
