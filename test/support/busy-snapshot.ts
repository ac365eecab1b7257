import { ago, buildCall, buildCard, buildHistory, buildSnapshot, type Shown } from './build-snapshot.ts';

/** A bad day: something of everything that the console can show. */
export const busySnapshot = (): Shown =>
  buildSnapshot({
    providers: [buildCard(), failing(), slow(), isolated(), off(), idle()],
    jobs: { queued: 1_204, running: 4, failed: 2, outcomeUnknown: 1, oldestDueS: 95 },
    deadLetters: [
      {
        ...{ id: '0197b7a2-3c1f-7c55-a8b0-0f2f4cf6a001', operation: 'ci.runWorkflow', state: 'outcome_unknown' },
        ...{ finishedAt: ago(340), attempts: 1, problem: 'The connection was lost after the request had been sent.' },
      },
      {
        ...{ id: '0197b7a2-3c1f-7c55-a8b0-0f2f4cf6a002', operation: 'subscriptions.deliver', state: 'failed' },
        ...{ finishedAt: ago(7_400), attempts: 8, problem: 'upstream_failed: status 500 after all attempts.' },
      },
    ],
    calls: [
      buildCall(),
      buildCall({ id: 'call-2', at: ago(14), outcome: 'circuit_open', durationMs: 0.4, attempts: [], backoffsMs: [] }),
      buildCall({
        id: 'call-3',
        at: ago(31),
        provider: 'cms',
        operation: 'listArticles',
        outcome: 'answered',
        status: 200,
      }),
      ...Array.from({ length: 8 }, (_, index) => buildCall({ id: `old-${index}`, at: ago(60 + 9 * index) })),
    ],
  });

const failing = () =>
  buildCard({
    ...{ name: 'semaphore', verdict: 'failing', since: ago(42), circuit: 'half_open', callsPerSecond: 3.2 },
    why: '148 of 192 calls failed in the last 60 s: upstream_timeout.',
    ...{ errorRatio: 0.771, cacheHitRatio: 0.034, p50Ms: 880, p95Ms: 3_004, attemptsInFlight: 48, attemptsWaiting: 12 },
    ...{ retryBudgetTokens: 0.4, retries: 61, refusedCalls: 102, staleAnswers: 17 },
    lastError: {
      at: ago(3),
      code: 'upstream_timeout',
      reason: 'no answer within 3,000 ms',
      operation: 'listPipelines',
    },
    quota: { remaining: 12, limit: 5_000 },
    servers: [
      { id: 'https://ci-1.example', state: 'ejected', circuit: 'open' },
      { id: 'https://ci-2.example', state: 'healthy', circuit: 'half_open' },
      { id: 'https://ci-3.example', state: 'healthy', circuit: 'closed' },
    ],
    history: buildHistory((passed) => ({
      calls: 16,
      failedCalls: passed < 0.85 ? 0 : Math.round(16 * (passed - 0.7) * 3),
      p95Ms: passed < 0.8 ? 300 + 40 * Math.sin(passed * 40) : 3_000 * passed,
    })),
  });

const slow = () =>
  buildCard({
    ...{ name: 'cms', verdict: 'slow', since: ago(128), p50Ms: 1_150, p95Ms: 2_480, drift: 3, cacheHitRatio: 0.64 },
    why: 'Half of its answers take 1.15 s, where 0.09 s is usual.',
    ...{ sunset: 'Sat, 31 Jan 2026 23:59:59 GMT', deprecation: '@1751328000' },
    history: buildHistory((passed) => ({
      calls: 60 + 40 * passed,
      failedCalls: passed > 0.9 ? 2 : 0,
      p95Ms: passed < 0.6 ? 120 : 120 + 6_000 * (passed - 0.6),
    })),
  });

const isolated = () =>
  buildCard({
    ...{ name: 'authorization', verdict: 'isolated', since: ago(610), circuit: 'open', isIsolated: true },
    ...{ why: 'An operator keeps all calls from it.', callsPerSecond: 0.2, errorRatio: 1, p50Ms: null, p95Ms: null },
    ...{ refusedCalls: 12, attemptsInFlight: 0 },
    history: buildHistory((passed) => ({
      calls: passed > 0.5 ? 1 : 20,
      failedCalls: passed > 0.5 ? 1 : 0,
      p95Ms: null,
    })),
  });

const nothing = { callsPerSecond: 0, errorRatio: null, cacheHitRatio: null, p50Ms: null, p95Ms: null } as const;

const off = () =>
  buildCard({
    ...nothing,
    name: 'weather',
    verdict: 'off',
    why: 'It has no URL: WEATHER_URL is not set.',
    history: [],
  });

const idle = () =>
  buildCard({
    ...{ ...nothing, name: 'payments', verdict: 'idle', why: 'Nobody has called it for 10 min.', attemptsInFlight: 0 },
    history: buildHistory((passed) => ({
      calls: passed === 0 ? 1 : 0,
      failedCalls: 0,
      p95Ms: passed === 0 ? 40 : null,
    })),
  });
