/** What the console shows: sent once a second by `GET /console/events` as event `snapshot`, whole each time. */
export interface Snapshot {
  /** ISO 8601. */
  readonly at: string;
  readonly process: ProcessState;
  readonly providers: readonly ProviderCard[];
  /** Null when the store of background calls cannot be asked, or is not open. */
  readonly jobs: JobsState | null;
  /** The newest first, 20 at most. */
  readonly deadLetters: readonly DeadLetter[];
  /** The last remarkable calls, the newest first, 50 at most. */
  readonly calls: readonly RemarkableCall[];
}

export interface ProcessState {
  readonly instance: string;
  readonly uptimeS: number;
  readonly requestsPerSecond: number;
  readonly eventLoopDelayP99Ms: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** Open event streams, this one not counted. */
  readonly listeners: number;
}

export type Verdict = 'off' | 'isolated' | 'failing' | 'slow' | 'idle' | 'healthy';

export interface ProviderCard {
  readonly name: string;
  readonly verdict: Verdict;
  /** ISO 8601. */
  readonly since: string;
  /** A sentence. */
  readonly why: string;
  readonly circuit: string;
  readonly isIsolated: boolean;
  readonly callsPerSecond: number;
  /** 0 to 1, of the last 60 s; null: no calls. */
  readonly errorRatio: number | null;
  readonly cacheHitRatio: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly attemptsInFlight: number;
  readonly attemptsWaiting: number;
  readonly retryBudgetTokens: number;
  readonly retries: number;
  readonly refusedCalls: number;
  readonly staleAnswers: number;
  readonly lastError: {
    readonly at: string;
    readonly code: string;
    readonly reason: string;
    readonly operation: string;
  } | null;
  readonly quota: { readonly remaining: number; readonly limit?: number } | null;
  readonly sunset: string | null;
  readonly deprecation: string | null;
  /** Findings of the contract watch. */
  readonly drift: number;
  /** Of one that has several: how each does. */
  readonly servers: readonly { readonly id: string; readonly state: string; readonly circuit: string }[];
  /** Of the last 5 minutes, a point each 5 s, the oldest first. */
  readonly history: readonly HistoryPoint[];
}

export interface HistoryPoint {
  /** ms since 1970. */
  readonly at: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly p95Ms: number | null;
}

export interface JobsState {
  readonly queued: number;
  readonly running: number;
  readonly failed: number;
  readonly outcomeUnknown: number;
  /** Of the oldest that could be made and is not; null: there is none. */
  readonly oldestDueS: number | null;
}

export interface DeadLetter {
  readonly id: string;
  readonly operation: string;
  readonly state: 'failed' | 'outcome_unknown';
  readonly finishedAt: string | null;
  readonly attempts: number;
  readonly problem: string | null;
}

/** A call's receipt, as much of it as may be shown. Times in ms since the call began. */
export interface RemarkableCall {
  /** Tells it from others of the same process. */
  readonly id: string;
  /** When it ended, ISO 8601. */
  readonly at: string;
  readonly provider: string;
  readonly operation: string;
  readonly method: string;
  readonly template: string;
  readonly outcome: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly cache: string | null;
  readonly requestId: string | null;
  readonly traceId: string | null;
  readonly attempts: readonly AttemptBar[];
  readonly backoffsMs: readonly number[];
  /** Sentences. */
  readonly decisions: readonly string[];
}

/** One attempt; each phase by the time since the attempt began, null where it was not reached. */
export interface AttemptBar {
  readonly startedAtMs: number;
  readonly queuedMs: number;
  readonly dispatchedMs: number | null;
  readonly sentMs: number | null;
  readonly firstByteMs: number | null;
  readonly durationMs: number;
  /** It was sent beside the one before it, which was late. */
  readonly isHedge: boolean;
  readonly status: number | null;
  readonly error: string | null;
  readonly server: string | null;
}
