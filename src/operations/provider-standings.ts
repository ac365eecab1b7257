import { Injectable } from '@nestjs/common';
import { ProviderRegistry, type ProviderStatus } from '../outbound/index.ts';
import { ProviderVitals } from './vitals/provider-vitals.ts';
import type { Verdict } from './vitals/vitals.ts';

/** How an external service stands, as far as everybody may know who may know of it at all. */
export interface ProviderStanding {
  readonly name: string;
  readonly isConfigured: boolean;
  readonly circuit: string;
  readonly verdict: Verdict;
  /** Of one that has several. */
  readonly servers: { readonly healthy: number; readonly all: number } | null;
}

/** How all external services stand now, as this process sees it. */
@Injectable()
export class ProviderStandings {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly vitals: ProviderVitals,
  ) {}

  list(): ProviderStanding[] {
    return this.providers.all().map(({ status }) => toStanding(status, this.vitals.of(status.name).verdict));
  }
}

const toStanding = (
  { name, isConfigured, circuit, endpoints }: ProviderStatus,
  verdict: Verdict,
): ProviderStanding => ({
  name,
  isConfigured,
  circuit,
  verdict,
  servers: endpoints
    ? { healthy: endpoints.filter(({ state }) => state === 'healthy').length, all: endpoints.length }
    : null,
});
