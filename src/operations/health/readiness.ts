import { Injectable, ServiceUnavailableException, type OnModuleDestroy } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import type { HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { Unavailable } from '../../inbound/problems/unavailable.ts';
import { OwnStores, type OwnStore } from './own-stores.ts';

/** Longest a store may take, and how long its answer does for all who ask, in ms. */
const STORE_TIMEOUT_MS = 1_000;
const KEPT_FOR_MS = 1_000;

export type Checks = Readonly<Record<string, 'up' | 'down'>>;

interface Terminus {
  readonly health: HealthCheckService;
  readonly indicators: HealthIndicatorService;
}

/** Whether this process takes requests: it is not stopping, and its own stores answer. Nobody else's service counts. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  #terminus: Promise<Terminus> | undefined;
  #isStopping = false;

  constructor(
    private readonly modules: LazyModuleLoader,
    private readonly stores: OwnStores,
  ) {}

  onModuleDestroy(): void {
    this.#isStopping = true;
  }

  /** @throws Unavailable naming what is down */
  async check(): Promise<Checks> {
    if (this.#isStopping) throw new Unavailable('This process is stopping');
    const checks = await this.look();
    const down = Object.keys(checks).filter((name) => checks[name] === 'down');
    if (down.length > 0) throw new Unavailable(`Does not answer: ${down.join(', ')}`);
    return checks;
  }

  /** Which of its own stores answer, within a second; none once it is stopping, as they are being closed. */
  async look(): Promise<Checks> {
    const stores = this.#isStopping ? [] : this.stores.inUse();
    if (stores.length === 0) return {};
    const { health, indicators } = await (this.#terminus ??= this.load());
    try {
      return toChecks(await health.check(stores.map((store) => () => ask(indicators, store))));
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return toChecks(error.getResponse() as HealthCheckResult);
      throw error;
    }
  }

  /** 20 ms of loading, which nobody's start need wait for. */
  private async load(): Promise<Terminus> {
    const { TerminusModule, HealthCheckService, HealthIndicatorService } = await import('@nestjs/terminus');
    const module = await this.modules.load(() => TerminusModule.forRoot({ logger: false }));
    return { health: module.get(HealthCheckService), indicators: module.get(HealthIndicatorService) };
  }
}

/** Those who ask at the same time, and soon after, share the answer. */
const ask = (indicators: HealthIndicatorService, { name, ask: question }: OwnStore) =>
  indicators.check(name).attempt(question).withTimeout(STORE_TIMEOUT_MS).cacheFor(KEPT_FOR_MS);

/** Names only: what else the library tells, such as addresses in messages, is not for everybody. */
const toChecks = ({ details }: Pick<HealthCheckResult, 'details'>): Checks =>
  Object.fromEntries(Object.entries(details).map(([name, { status }]) => [name, status === 'up' ? 'up' : 'down']));
