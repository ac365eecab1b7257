import { isOrigin } from '../platform/config/is-origin.ts';
import { BaseUrl, Fraction, ListOf, OneOf, Text, WholeNumber } from '../platform/config/variables.ts';
import { HOUR_MS } from '../platform/durations.ts';
import { CONTRACT_MODES, type ContractMode } from './contract/contract-finding.ts';
import { ProviderHedgeOptions } from './resilience/provider-hedge-options.ts';

/** How patiently a provider is called. Sources of the defaults: `docs/defaults.md`. */
export class ProviderOptions extends ProviderHedgeOptions {
  /** Where the upstream is, without a trailing slash. None: the provider is off and answers `not_configured`. */
  @BaseUrl()
  baseUrl?: string;

  /** Further origins that calls may go to, beside the URL's own; credentials go to the URL's own only. Default none. */
  @ListOf(isOrigin, 'give exact origins separated by commas, such as https://api.example.com')
  origins: string[] = [];

  /** Addresses its name may lead to: `public`, or also `private` (RFC 1918, 4193, 6598). What the URL itself names may be. Default public. */
  @OneOf(['public', 'private'])
  network: 'public' | 'private' = 'public';

  /** Longest a whole call may take, attempts and waits included, in ms. Default 30,000. */
  @WholeNumber(1, HOUR_MS)
  callDeadlineMs = 30_000;

  /** Longest one attempt may take, to the last byte of the body, in ms. Default 10,000. */
  @WholeNumber(1, HOUR_MS)
  attemptTimeoutMs = 10_000;

  /** Longest the connection and its TLS handshake may take, in ms. Default 3,000. */
  @WholeNumber(1, HOUR_MS)
  connectTimeoutMs = 3_000;

  /** Largest answer, decompressed, in bytes. Default 10 MiB. */
  @WholeNumber(1, 1_073_741_824)
  maxResponseBytes = 10_485_760;

  /** Attempts in all, the first included. Default 3. */
  @WholeNumber(1, 10)
  maxAttempts = 3;

  /** First backoff after a transient failure, in ms; doubles, with full jitter. Default 50. */
  @WholeNumber(0, HOUR_MS)
  backoffBaseMs = 50;

  /** First backoff after a 429, in ms; doubles, with full jitter. Default 1,000. */
  @WholeNumber(0, HOUR_MS)
  throttledBackoffBaseMs = 1_000;

  /** Longest backoff, in ms; a Retry-After may ask for more. Default 20,000. */
  @WholeNumber(0, HOUR_MS)
  backoffCapMs = 20_000;

  /** Tokens the retry budget holds. Default 500. */
  @WholeNumber(0, 1_000_000)
  retryBudgetTokens = 500;

  /** Tokens one retry costs. Default 14. */
  @WholeNumber(0, 1_000_000)
  retryCost = 14;

  /** Tokens one retry after a 429 costs. Default 5. */
  @WholeNumber(0, 1_000_000)
  throttledRetryCost = 5;

  /** Retries under way at most, as a share of the calls in flight; three are always allowed. Default 0.2. */
  @Fraction(0, 1)
  maxRetryRatio = 0.2;

  /** Share of failed attempts at which the breaker opens. Default 0.5. */
  @Fraction(0.01, 1)
  breakerFailureRatio = 0.5;

  /** Time over which the breaker counts, in ms. Default 30,000. */
  @WholeNumber(100, HOUR_MS)
  breakerWindowMs = 30_000;

  /** Attempts within the window before the failure ratio means anything. Default 10. */
  @WholeNumber(1, 1_000_000)
  breakerMinAttempts = 10;

  /** How long the breaker stays open the first time, in ms; doubles, with jitter. Default 5,000. */
  @WholeNumber(1, HOUR_MS)
  breakerOpenMs = 5_000;

  /** Longest the breaker stays open, in ms. Default 60,000. */
  @WholeNumber(1, HOUR_MS)
  breakerMaxOpenMs = 60_000;

  /** Attempts let through to find out whether the upstream is back; all must succeed. Default 3. */
  @WholeNumber(1, 100)
  breakerProbes = 3;

  /** Share of slow attempts at which the breaker opens. Default 0.8. */
  @Fraction(0.01, 1)
  breakerSlowRatio = 0.8;

  /** Attempts within the window before the slow ratio means anything. Default 20. */
  @WholeNumber(1, 1_000_000)
  breakerMinSlowAttempts = 20;

  /** An attempt is slow beyond this share of its timeout. Default 0.8. */
  @Fraction(0.01, 1)
  slowAttemptRatio = 0.8;

  /** Attempts under way at most. Default 64. */
  @WholeNumber(1, 100_000)
  maxConcurrent = 64;

  /** Of those, what nobody waits for may have this share, one at least: background calls, schedules, polls. Default 0.25. */
  @Fraction(0.01, 1)
  backgroundShare = 0.25;

  /** Attempts that may wait for their turn; beyond that they are refused. Default 64. */
  @WholeNumber(0, 100_000)
  maxQueued = 64;

  /** Longest an attempt waits for its turn, in ms. Default 1,000. */
  @WholeNumber(0, HOUR_MS)
  queueTimeoutMs = 1_000;

  /** How long an idle connection is kept unless the server hints otherwise, in ms. Default 4,000. */
  @WholeNumber(1, HOUR_MS)
  keepAliveMs = 4_000;

  /** Whether HTTP/2 is spoken over TLS where the upstream offers it: `on` or `off`. Default off. */
  @OneOf(['on', 'off'])
  http2: 'on' | 'off' = 'off';

  /** Header that carries idempotency keys. Default Idempotency-Key. */
  @Text(/^[\w-]{1,64}$/, 'give a header name such as Idempotency-Key')
  idempotencyHeader = 'Idempotency-Key';

  /** Answers that break their schema: `enforce` fails the call, `report` passes them on as they came and tells, `off` does not tell. Default enforce. */
  @OneOf(CONTRACT_MODES)
  contract: ContractMode = 'enforce';

  /** What the upstream sees as our User-Agent. Default breakwater. */
  @Text(/^[\x20-\x7e]{1,256}$/, 'give printable ASCII text')
  userAgent = 'breakwater';
}
