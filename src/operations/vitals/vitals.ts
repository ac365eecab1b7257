import type { FailureKind } from '../../outbound/index.ts';

/**
 * `off`: it has no URL. `isolated`: an operator keeps calls from it. `failing`: its circuit is open, or many of its calls
 * fail. `slow`: its answers take far longer than they use to, or than they may. `idle`: nobody has called it lately.
 */
export type Verdict = 'off' | 'isolated' | 'failing' | 'slow' | 'idle' | 'healthy';

/** Times in ms; null where there were no attempts. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** What a window of time tells of one external service. */
export interface VitalsWindow {
  readonly windowMs: number;
  readonly calls: number;
  /** Of them, those that ended in an error of the service or of reaching it. */
  readonly failedCalls: number;
  /** 0 to 1; null when there were no calls that could tell. */
  readonly successRatio: number | null;
  readonly attempts: number;
  readonly failedAttempts: number;
  /** What was done about it: attempts made again; calls not let through; stale answers that stood in. */
  readonly retries: number;
  readonly refusedCalls: number;
  readonly staleAnswers: number;
  /** Of attempts, as long as they took until the whole answer was there. */
  readonly latency: Latency | null;
  /** Answers from the store, over all calls that could have been; null when there were none. */
  readonly cacheHitRatio: number | null;
}

export interface LastError {
  /** ISO 8601. */
  readonly at: string;
  readonly operation: string;
  readonly code: FailureKind;
  readonly reason: string;
  readonly status?: number;
  readonly requestId?: string;
}

/** A point of a sparkline: what happened in `everyMs` before `at`. */
export interface VitalsPoint {
  /** ms since 1970. */
  readonly at: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly hits: number;
  readonly p95Ms: number | null;
}

/** How one of several servers does. */
export interface ServerVitals {
  readonly id: string;
  readonly attempts: number;
  readonly failedAttempts: number;
  readonly latency: Latency | null;
  readonly lastError: LastError | null;
}

/** How one external service does, as this process sees it. */
export interface Vitals {
  readonly verdict: Verdict;
  /** Since when, ISO 8601. */
  readonly since: string;
  /** In a sentence that an operator understands: `40 of 52 calls failed in the last 60 s: upstream_timeout`. */
  readonly why: string;
  /** Of the last 60 s. */
  readonly lately: VitalsWindow;
  readonly lastError: LastError | null;
  readonly quota: {
    readonly remaining: number;
    readonly limit?: number;
    readonly resetMs?: number;
    readonly at: string;
  } | null;
  /** As the service wrote them, last. */
  readonly sunset: string | null;
  readonly deprecation: string | null;
  /** Of one that has several. */
  readonly servers: readonly ServerVitals[];
}
