import { Injectable } from '@nestjs/common';
import { ProviderRegistry, type Provider } from '../../outbound/index.ts';
import { ProviderVitals } from '../vitals/provider-vitals.ts';
import type { ProviderHealthDto } from './provider-health.dto.ts';

/** What operators are told of each external service: how it stands now, how it did lately, what became of its answers. */
@Injectable()
export class ProviderReports {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly vitals: ProviderVitals,
  ) {}

  list(): ProviderHealthDto[] {
    return this.providers.all().map((provider) => this.report(provider));
  }

  private report({ status, contract, options }: Provider): ProviderHealthDto {
    const { verdict, since, why, ...rest } = this.vitals.of(status.name);
    const { name, ...standing } = status;
    const findings = contract.findings;
    return { name, verdict, since, why, ...standing, ...rest, contract: { mode: options.contract, findings } };
  }
}
