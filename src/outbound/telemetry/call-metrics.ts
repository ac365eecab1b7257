import { Injectable } from '@nestjs/common';
import type { Attributes, Counter, Histogram } from '@opentelemetry/api';
import { Metrics } from '../../platform/telemetry/metrics.ts';
import { createSecondsHistogram } from '../../platform/telemetry/seconds-histogram.ts';
import { ProviderRegistry } from '../provider-registry.ts';
import { toRequests } from './attempt-record.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { KnownServers } from './known-servers.ts';
import { toKnownMethod } from '../../platform/telemetry/known-method.ts';
import { toKnownStatus } from '../../platform/telemetry/known-status.ts';

interface Instruments {
  readonly requests: Histogram;
  readonly calls: Histogram;
  readonly waits: Histogram;
  readonly retries: Counter;
}

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
    if (!receipt.isShared) instruments.calls.record(receipt.durationMs / 1_000, toCallLabels(receipt));
    for (const [index, attempt] of attempts.entries()) {
      if (attempt.queuedMs > 0) instruments.waits.record(attempt.queuedMs / 1_000, { 'breakwater.provider': provider });
      // Refused by ourselves: there was no request.
      if (this.measureRequests(receipt, attempt, instruments) === 0) continue;
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
      requests.record((durationMs - dispatchedMs) / 1_000, this.toRequestLabels(receipt, request));
      count += 1;
    }
    return count;
  }

  private toRequestLabels({ provider, operation, method, template }: CallReceipt, attempt: AttemptRecord): Attributes {
    const { status, server } = attempt;
    const failure = toErrorType(attempt);
    return {
      'breakwater.provider': provider,
      'breakwater.operation': operation,
      'http.request.method': toKnownMethod(method),
      'url.template': template,
      ...(server === undefined ? undefined : this.#servers.of(provider, server)),
      ...(status === undefined ? undefined : { 'http.response.status_code': toKnownStatus(status) }),
      ...(failure === undefined ? undefined : { 'error.type': failure }),
    };
  }
}

const createInstruments = (metrics: Metrics): Instruments => ({
  requests: createSecondsHistogram(metrics, 'http.client.request.duration', 'Attempts at upstream calls'),
  calls: createSecondsHistogram(metrics, 'breakwater.call.duration', 'Calls that the store alone could not answer'),
  waits: createSecondsHistogram(metrics, 'breakwater.bulkhead.wait.duration', 'Attempts that waited for a place'),
  retries: metrics.meter.createCounter('breakwater.call.retries', {
    description: 'Repeated attempts, by what became of the one before',
  }),
});

const toCallLabels = ({ provider, operation, outcome }: CallReceipt): Attributes => ({
  'breakwater.provider': provider,
  'breakwater.operation': operation,
  'breakwater.outcome': outcome,
});

/** By the semantic conventions: the kind of the failure, or the status where that is one. */
const toErrorType = ({ code, status }: AttemptRecord): string | undefined => {
  if (code !== undefined) return code;
  return status !== undefined && status >= 400 ? String(toKnownStatus(status)) : undefined;
};

const toReason = (attempt: AttemptRecord): string => toErrorType(attempt) ?? 'answered';
