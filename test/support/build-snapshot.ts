import type { ProviderCard, RemarkableCall, Snapshot } from '../../src/operations/console/page/snapshot.ts';

/** What the page is told, without the time, which the stand-in adds. */
export type Shown = Omit<Snapshot, 'at'>;

const EVERY_MS = 5_000;
const POINTS = 60;

/** A time so many seconds ago. */
export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

/** Five minutes, point by point; `of` is given how much of it has passed, 0 to 1. */
export const buildHistory = (of: (passed: number) => Omit<ProviderCard['history'][number], 'at'>) => {
  const last = Math.floor(Date.now() / EVERY_MS) * EVERY_MS;
  return Array.from({ length: POINTS }, (_, index) => ({
    at: last - (POINTS - 1 - index) * EVERY_MS,
    ...of(index / (POINTS - 1)),
  }));
};

export const buildCard = (own: Partial<ProviderCard> = {}): ProviderCard => ({
  name: 'pokeapi',
  verdict: 'healthy',
  since: ago(3_725),
  why: 'All 1,204 calls of the last 60 s were answered.',
  circuit: 'closed',
  isIsolated: false,
  callsPerSecond: 20.1,
  errorRatio: 0,
  cacheHitRatio: 0.82,
  p50Ms: 41.2,
  p95Ms: 118,
  attemptsInFlight: 2,
  attemptsWaiting: 0,
  retryBudgetTokens: 10,
  retries: 0,
  refusedCalls: 0,
  staleAnswers: 0,
  lastError: null,
  quota: null,
  sunset: null,
  deprecation: null,
  drift: 0,
  servers: [],
  history: buildHistory((passed) => ({
    calls: 90 + 20 * Math.sin(passed * 12),
    failedCalls: 0,
    p95Ms: 110 + 15 * passed,
  })),
  ...own,
});

export const buildCall = (own: Partial<RemarkableCall> = {}): RemarkableCall => ({
  id: 'call-1',
  at: ago(12),
  provider: 'pokeapi',
  operation: 'getPokemon',
  method: 'GET',
  template: '/pokemon/{name}',
  outcome: 'upstream_timeout',
  status: null,
  durationMs: 3_000,
  cache: 'miss',
  requestId: '5b0c2c1e-5f0a-4f0e-9d8f-0f6f6d3f7c11',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  attempts: [
    {
      ...{ startedAtMs: 2, queuedMs: 35, dispatchedMs: 60, sentMs: 210, firstByteMs: 640, durationMs: 705 },
      ...{ isHedge: false, status: 503, error: 'status 503', server: 'https://pokeapi.co' },
    },
    {
      ...{ startedAtMs: 950, queuedMs: 0, dispatchedMs: 4, sentMs: 9, firstByteMs: null, durationMs: 2_050 },
      ...{ isHedge: false, status: null, error: 'no answer within 3,000 ms', server: 'https://pokeapi.co' },
    },
  ],
  backoffsMs: [243],
  decisions: [
    'Made again: GET is safe, and 503 may be better the next time.',
    'Not made again: the deadline of the call had passed.',
  ],
  ...own,
});

export const buildSnapshot = (own: Partial<Shown> = {}): Shown => ({
  process: {
    instance: 'breakwater-7d4f',
    uptimeS: 11_545,
    requestsPerSecond: 1_284.4,
    eventLoopDelayP99Ms: 3.4,
    heapBytes: 84_200_000,
    residentBytes: 171_000_000,
    listeners: 3,
  },
  providers: [buildCard(), buildCard({ name: 'cms' })],
  jobs: null,
  deadLetters: [],
  calls: [],
  ...own,
});
