import { Controller, Delete, Query, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorsOnly } from '../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { InvalidRequest } from '../inbound/problems/invalid-request.ts';
import { CacheInvalidation, ProviderRegistry } from '../outbound/index.ts';
import { ForgetQuery, Forgotten } from './cache.dto.ts';

/** For when an external service's data has changed and it did not say so. */
@ApiTags('operations')
@OperatorsOnly()
@Controller({ path: 'ops/cache', version: VERSION_NEUTRAL })
export class CacheController {
  constructor(
    private readonly cache: CacheInvalidation,
    private readonly providers: ProviderRegistry,
  ) {}

  @Delete()
  @ApiOperation({ summary: 'Forget stored answers of an external service, for operators' })
  @ApiOkResponse({ type: Forgotten })
  @ApiProblems('invalid_request')
  async forget(@Query() { provider, tag }: ForgetQuery): Promise<Forgotten> {
    return { forgotten: await this.cache.invalidate(this.toName(provider), tag) };
  }

  private toName(provider: unknown): string {
    const names = this.providers.all().map(({ name }) => name);
    const name = names.find((known) => known === provider);
    if (name !== undefined) return name;
    throw new InvalidRequest([{ field: 'provider', detail: `must be one of: ${names.join(', ')}` }]);
  }
}
