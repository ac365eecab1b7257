import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { Next } from '../inbound/pagination/next.dto.ts';
import { PageQuery } from '../inbound/pagination/page-query.dto.ts';
import { CALL_STATES, type CallState } from '../jobs/call-record.ts';

const time = { type: String, format: 'date-time', nullable: true } as const;

export class AnyCallsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Default: dead letters, `failed` and `outcome_unknown`.', enum: CALL_STATES })
  @IsOptional()
  @IsIn(CALL_STATES, { message: `must be one of: ${CALL_STATES.join(', ')}` })
  state?: CallState;
}

export class AnyCallParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be a UUID' })
  id!: string;
}

/** Whose a call is, to operators. */
export class CallOwnerDto {
  @ApiProperty({ example: 'https://login.example.com' })
  issuer!: string;

  @ApiProperty({ example: 'ada' })
  subject!: string;

  @ApiPropertyOptional({ example: 'web' })
  clientId?: string;
}

@ApiSchema({ name: 'AnyCallSummary' })
export class AnyCallSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ci.runWorkflow' })
  operation!: string;

  @ApiProperty({ type: CallOwnerDto, nullable: true, description: 'Null: it is our own.' })
  owner!: CallOwnerDto | null;

  @ApiProperty({ enum: CALL_STATES })
  state!: CallState;

  @ApiProperty({ description: 'Those put off by a limit, ours or that of the service, do not count.', example: 1 })
  attempts!: number;

  @ApiProperty({ description: 'An attempt that may have effects is under way, or was when its worker died.' })
  isSending!: boolean;

  @ApiProperty()
  isCancelRequested!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ ...time, description: 'Of the latest attempt.' })
  startedAt!: string | null;

  @ApiProperty(time)
  finishedAt!: string | null;

  @ApiProperty({ ...time, description: 'Before then it is not tried again.' })
  nextAttemptAt!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Of the latest attempt that failed.',
  })
  problem!: object | null;
}

export class AnyCall extends AnyCallSummary {
  @ApiProperty({ type: 'object', additionalProperties: true })
  input!: object;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  result!: unknown;

  @ApiProperty()
  isResultTooLarge!: boolean;
}

export class AnyCallPage extends Next {
  @ApiProperty({ type: [AnyCallSummary] })
  items!: readonly AnyCallSummary[];
}
