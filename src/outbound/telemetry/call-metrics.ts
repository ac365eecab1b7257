import { Injectable } from '@nestjs/common';
import type { Counter } from '@opentelemetry/api';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { toRequests } from './attempt-record.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { KnownServers } from './known-servers.ts';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import { toKnownStatus } from '../../platform/telemetry/known-status.ts';

type Instruments = ReturnType<typeof createHistograms> & { readonly retries: Counter; readonly hedges: Counter };

/** Measures calls by their receipts; nothing when nothing is measured. */
@Injectable()
export class CallMetrics {
  readonly #servers: KnownServers;

  constructor(metrics: Metrics, receipts: CallReceipts, registry: ProviderRegistry) {
    this.#servers = new KnownServers(registry);
    if (!metrics.isOn) return;
    const instruments = createInstruments(metrics);
    receipts.listen((receipt) => this.measure(receipt, instruments));
  }

  private measure(receipt: CallReceipt, instruments: Instruments): void {
    const { provider, cache, attempts } = receipt;
    // Answered from the store: `breakwater.cache.requests` says all there is to say.
    if (cache && cache.fwd === undefined) return;
    // Its callers have receipts of their own.
    if (!receipt.isShared)
      instruments.calls.series(provider, receipt.operation, receipt.outcome).record(receipt.durationMs / 1_000);
    if (receipt.hedge)
      instruments.hedges.add(1, { 'breakwater.provider': provider, 'breakwater.result': receipt.hedge });
    for (const [index, attempt] of attempts.entries()) {
      if (attempt.queuedMs > 0) instruments.waits.series(provider).record(attempt.queuedMs / 1_000);
      // Refused by ourselves: there was no request.
      if (this.measureRequests(receipt, attempt, instruments) === 0 || attempt.isHedge) continue;
      const before = attempts[index - 1];
      if (before)
        instruments.retries.add(1, { 'breakwater.provider': provider, 'breakwater.reason': toReason(before) });
    }
  }

  /** Those of one attempt, each by its server. @returns how many there were */
  private measureRequests(receipt: CallReceipt, attempt: AttemptRecord, { requests }: Instruments): number {
    let count = 0;
    for (const request of toRequests(attempt)) {
      const { dispatchedMs, durationMs } = request;
      if (dispatchedMs === undefined) continue;
      this.record(requests, receipt, request, durationMs - dispatchedMs);
      count += 1;
    }
    return count;
  }

  private record(requests: Instruments['requests'], receipt: CallReceipt, request: AttemptRecord, ms: number): void {
    const { provider, operation, method, template } = receipt;
    const { status, server } = request;
    const address = server === undefined ? undefined : this.#servers.of(provider, server);
    const series = requests.series(
      provider,
      operation,
      toKnownMethod(method),
      template,
      address?.['server.address'],
      address?.['server.port'],
      status === undefined ? undefined : toKnownStatus(status),
      toErrorType(request),
    );
    series.record(ms / 1_000);
  }
}

const createInstruments = (metrics: Metrics): Instruments => ({
  ...createHistograms(metrics),
  retries: metrics.meter.createCounter('breakwater.call.retries', {
    description: 'Repeated attempts, by what became of the one before',
  }),
  hedges: metrics.meter.createCounter('breakwater.call.hedges', {
    description: 'Attempts that were late, by what became of a second one beside them, or why there was none',
  }),
});

const createHistograms = ({ histograms }: Metrics) => ({
  requests: histograms.create('http.client.request.duration', 'Attempts at upstream calls', [
    'breakwater.provider',
    'breakwater.operation',
    'http.request.method',
    'url.template',
    'server.address',
    'server.port',
    'http.response.status_code',
    'error.type',
  ]),
  calls: histograms.create('breakwater.call.duration', 'Calls that the store alone could not answer', [
    'breakwater.provider',
    'breakwater.operation',
    'breakwater.outcome',
  ]),
  waits: histograms.create('breakwater.bulkhead.wait.duration', 'Attempts that waited for a place', [
    'breakwater.provider',
  ]),
});

/** By the semantic conventions: the kind of the failure, or the status where that is one. */
const toErrorType = ({ code, status }: AttemptRecord): string | undefined => {
  if (code !== undefined) return code;
  return status !== undefined && status >= 400 ? String(toKnownStatus(status)) : undefined;
};

const toReason = (attempt: AttemptRecord): string => toErrorType(attempt) ?? 'answered';
