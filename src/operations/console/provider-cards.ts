import { Injectable } from '@nestjs/common';
import { ProviderRegistry, type Provider } from '../../outbound/index.ts';
import { ProviderVitals } from '../vitals/provider-vitals.ts';
import type { ProviderCard } from './page/snapshot.ts';
import { toProviderCard } from './to-provider-card.ts';

/** How the external services do, one card each. */
@Injectable()
export class ProviderCards {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly vitals: ProviderVitals,
  ) {}

  /** By name. */
  list(): ProviderCard[] {
    return this.providers.all().map((provider) => this.read(provider));
  }

  private read({ name, status, contract }: Provider): ProviderCard {
    const card = toProviderCard(status, this.vitals.of(name), this.vitals.history(name));
    return { ...card, drift: contract.findings.length };
  }
}
