import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../inbound/authentication/access.ts';
import { OperatorsOnly } from '../inbound/operators.guard.ts';
import { NotCounted } from '../inbound/rate-limit/not-counted.ts';
import { ProviderRegistry, type ProviderStatus } from '../outbound/index.ts';

/** Three questions, three reports: readiness never depends on other people's services. */
@ApiTags('operations')
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(private readonly providers: ProviderRegistry) {}

  @Get('live')
  @Public()
  @NotCounted()
  @ApiOperation({ summary: 'Whether the process turns at all' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The server listens only after configuration and modules are in order, and not any more once it stops. */
  @Get('ready')
  @Public()
  @NotCounted()
  @ApiOperation({ summary: 'Whether this process takes requests' })
  ready(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('providers')
  @OperatorsOnly()
  @ApiOperation({ summary: 'State of every external service, for operators' })
  list(): { providers: ProviderStatus[] } {
    return { providers: this.providers.all().map(({ status }) => status) };
  }
}
