import { Controller, HttpCode, NotFoundException, Param, Post, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorsOnly } from '../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { ProviderRegistry, type Provider } from '../outbound/index.ts';
import { IsolationState } from './providers.dto.ts';

const HERE = 'Concerns the process that answers; each has its own circuits, and a new one begins with none isolated.';

/** For when an external service had better be left alone, or is known to be back. */
@ApiTags('operations')
@OperatorsOnly()
@Controller({ path: 'ops/providers', version: VERSION_NEUTRAL })
export class ProvidersController {
  constructor(private readonly providers: ProviderRegistry) {}

  @Post(':name/isolate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Keep all calls from an external service until it is reset, for operators',
    description: `They fail with \`circuit_open\`, unless the cache answers them. Probes do not end it. ${HERE}`,
  })
  @ApiOkResponse({ type: IsolationState })
  @ApiProblems('not_found')
  isolate(@Param('name') name: string): IsolationState {
    const provider = this.find(name);
    provider.isolate();
    return toState(provider);
  }

  @Post(':name/reset')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close all circuits of an external service, end its isolation, forget what failed, for operators',
    description: HERE,
  })
  @ApiOkResponse({ type: IsolationState })
  @ApiProblems('not_found')
  reset(@Param('name') name: string): IsolationState {
    const provider = this.find(name);
    provider.reset();
    return toState(provider);
  }

  private find(name: string): Provider {
    const provider = this.providers.all().find((known) => known.name === name);
    if (provider !== undefined) return provider;
    throw new NotFoundException('There is no external service of that name');
  }
}

const toState = ({ name, status }: Provider): IsolationState => ({
  name,
  isIsolated: status.isIsolated,
  circuit: status.circuit,
  scope: 'this process',
});
