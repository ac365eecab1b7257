import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { EndpointStatus } from '../../outbound/index.ts';
import type { Verdict } from '../vitals/vitals.ts';
import { ContractDto } from './contract.dto.ts';
import { LastErrorDto, ServerHealthDto, WindowDto } from './vitals.dto.ts';

const VERDICTS: readonly Verdict[] = ['off', 'isolated', 'failing', 'slow', 'idle', 'healthy'];
const text = { type: String, nullable: true } as const;

@ApiSchema({ name: 'ProviderQuota' })
export class QuotaDto {
  @ApiProperty({ example: 42 })
  remaining!: number;

  @ApiPropertyOptional({ example: 100 })
  limit?: number;

  @ApiPropertyOptional({ description: 'Until there was to be more again, in ms from `at`.' })
  resetMs?: number;

  @ApiProperty({ format: 'date-time', description: 'When the service said so.' })
  at!: string;
}

@ApiSchema({ name: 'ProviderHealth' })
export class ProviderHealthDto {
  @ApiProperty({ example: 'pokeapi' })
  name!: string;

  @ApiProperty({ enum: VERDICTS })
  verdict!: Verdict;

  @ApiProperty({ format: 'date-time', description: 'When that began, give or take 5 s.' })
  since!: string;

  @ApiProperty({ example: '8 of 12 calls failed in the last 15 s: upstream_timeout' })
  why!: string;

  @ApiProperty()
  isConfigured!: boolean;

  @ApiProperty({ enum: ['closed', 'open', 'half_open'] })
  circuit!: string;

  @ApiProperty({ description: 'An operator keeps all calls from it, in this process.' })
  isIsolated!: boolean;

  @ApiProperty()
  attemptsInFlight!: number;

  @ApiProperty()
  attemptsWaiting!: number;

  @ApiProperty()
  retryBudgetTokens!: number;

  @ApiProperty({ type: WindowDto })
  lately!: WindowDto;

  @ApiProperty({ type: LastErrorDto, nullable: true })
  lastError!: LastErrorDto | null;

  @ApiProperty({ type: QuotaDto, nullable: true, description: 'What it last said is left of what it allows us.' })
  quota!: QuotaDto | null;

  @ApiProperty({ ...text, description: 'When it says that it will be gone (RFC 8594).' })
  sunset!: string | null;

  @ApiProperty({ ...text, description: 'Since when it says that it had better not be used (RFC 9745).' })
  deprecation!: string | null;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Of one that has several servers: the state of each.',
  })
  endpoints?: readonly EndpointStatus[];

  @ApiProperty({ type: [ServerHealthDto], description: 'Of one that has several servers: how calls to each went.' })
  servers!: readonly ServerHealthDto[];

  @ApiProperty({ type: ContractDto })
  contract!: ContractDto;
}

export class ProvidersHealthDto {
  @ApiProperty({ type: [ProviderHealthDto] })
  providers!: readonly ProviderHealthDto[];
}
