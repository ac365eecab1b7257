import { CallReceipts, type CallReceipt, type ProviderStatus } from '../../src/outbound/index.ts';
import type { AttemptRecord } from '../../src/outbound/telemetry/call-receipt.ts';
import { ProviderVitals } from '../../src/operations/vitals/provider-vitals.ts';
import { buildReceipt } from './build-call.ts';
import { buildProvider } from './build-provider.ts';
import { FakeClock } from './fake-clock.ts';

/** A service named `fixture`, of which only receipts are seen. */
export interface WatchedService {
  readonly clock: FakeClock;
  readonly vitals: ProviderVitals;
  /** What the provider says of itself. */
  status: ProviderStatus;
  /** A call that takes `tookMs` and ends now. */
  call(tookMs?: number, parts?: Partial<CallReceipt>, attempt?: Partial<AttemptRecord>): void;
  /** The same that failed. */
  fail(tookMs?: number): void;
  /** A call that begins now, and does not end. */
  hang(parts?: Partial<CallReceipt>): void;
  /** One call a second for so many seconds. */
  each(seconds: number, call: () => void): Promise<void>;
  /** Seconds since the clock began; NaN for no time. */
  toSeconds(time: string): number;
}

/** With an attempt timeout of 3 s. */
export const watchService = (): WatchedService => {
  const clock = new FakeClock();
  const receipts = new CallReceipts();
  const { provider } = buildProvider({ baseUrl: 'http://upstream.example', attemptTimeoutMs: 3_000, clock });
  const service = { status: provider.status };
  const watched = { name: 'fixture', options: provider.options, contract: provider.contract };
  Object.defineProperty(watched, 'status', { get: () => service.status });
  const registry = { get: () => watched, find: () => watched, all: () => [watched] };
  const vitals = new ProviderVitals(receipts, registry as never, clock);
  const beganAt = clock.wallTime();
  const call: WatchedService['call'] = (tookMs = 100, parts = {}, attempt = {}) => {
    const made = { startedAtMs: 0, queuedMs: 0, dispatchedMs: 0, durationMs: tookMs, status: 200, ...attempt };
    const times = { startedAt: clock.now() - tookMs, durationMs: tookMs, circuit: 'closed' as const };
    receipts.publish(buildReceipt({ ...times, attempts: [made], ...parts }));
  };
  return Object.assign(service, {
    clock,
    vitals,
    call,
    fail: (tookMs = 100) => call(tookMs, { outcome: 'upstream_failed', status: 503 }, { status: 503 }),
    hang: (parts: Partial<CallReceipt> = {}) => {
      const attempts = [{ startedAtMs: 0, queuedMs: 0, durationMs: 0 }];
      receipts.begin(buildReceipt({ startedAt: clock.now(), attempts, ...parts }));
    },
    each: async (seconds: number, make: () => void) => {
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1_000);
        make();
      }
    },
    toSeconds: (time: string) => (Date.parse(time) - beganAt) / 1_000,
  });
};
