import { hostname } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { StreamCount } from '../../inbound/streaming/stream-count.ts';
import { RequestRecords } from '../../inbound/telemetry/request-records.ts';
import { Clock } from '../../platform/clock.ts';
import type { ProcessState } from './page/snapshot.ts';

/** How often the loop is asked whether it turns: what it is late by less than this is not seen. */
const RESOLUTION_MS = 10;

const NS_PER_MS = 1e6;

/** Of several behind one address, which one answers: the console shows one process. */
const INSTANCE = `${hostname()}/${process.pid}`;

/** How this process does. Measures only while somebody looks. */
@Injectable()
export class ProcessWatch {
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #requests = 0;
  #since = 0;
  #stop: (() => void) | undefined;

  constructor(
    private readonly records: RequestRecords,
    private readonly streams: StreamCount,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.#stop ??= this.records.listen(() => (this.#requests += 1));
    this.#delay ??= monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#delay.enable();
    this.begin();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#delay?.disable();
  }

  /** Rates and delays are those since it was read last, or started. */
  read(): ProcessState {
    const seconds = (this.clock.now() - this.#since) / 1_000;
    const { heapUsed, rss } = process.memoryUsage();
    const state = {
      instance: INSTANCE,
      uptimeS: Math.floor(process.uptime()),
      requestsPerSecond: seconds > 0 ? this.#requests / seconds : 0,
      eventLoopDelayP99Ms: this.readDelay(),
      heapBytes: heapUsed,
      residentBytes: rss,
      listeners: this.streams.open,
    };
    this.begin();
    return state;
  }

  /** What is recorded is the time between two turns, which is the resolution where nothing is late. */
  private readDelay(): number {
    if (this.#delay === undefined || this.#delay.count === 0) return 0;
    return Math.max(0, this.#delay.percentile(99) / NS_PER_MS - RESOLUTION_MS);
  }

  private begin(): void {
    this.#requests = 0;
    this.#since = this.clock.now();
    this.#delay?.reset();
  }
}
