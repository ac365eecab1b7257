import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../inbound/authentication/access.ts';
import { OperatorsOnly } from '../../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { NotCounted } from '../../inbound/rate-limit/not-counted.ts';
import { ProvidersHealthDto } from './provider-health.dto.ts';
import { ProviderReports } from './provider-reports.ts';
import { LiveDto, ReadyDto } from './readiness.dto.ts';
import { Readiness } from './readiness.ts';

/** Three questions, three reports: readiness never depends on other people's services. */
@ApiTags('operations')
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(
    private readonly reports: ProviderReports,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @Public()
  @NotCounted()
  @ApiOperation({ summary: 'Whether the process turns at all' })
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'ok' };
  }

  /** The server listens only after configuration and modules are in order. */
  @Get('ready')
  @Public()
  @NotCounted()
  @ApiOperation({
    summary: 'Whether this process takes requests',
    description: 'Its own stores answer, and it is not about to stop. External services have no say in it.',
  })
  @ApiOkResponse({ type: ReadyDto })
  @ApiProblems('unavailable')
  async ready(): Promise<ReadyDto> {
    return { status: 'ok', checks: await this.readiness.check() };
  }

  @Get('providers')
  @OperatorsOnly()
  @ApiOperation({
    summary: 'How every external service does, for operators',
    description: 'As this process sees it: which does badly, since when and why, and what became of its answers.',
  })
  @ApiOkResponse({ type: ProvidersHealthDto })
  list(): ProvidersHealthDto {
    return { providers: this.reports.list() };
  }
}
