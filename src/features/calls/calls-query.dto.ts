import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { CALL_STATES, type CallState } from '../../jobs/call-record.ts';

export class CallsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those in this state.', enum: CALL_STATES })
  @IsOptional()
  @IsIn(CALL_STATES, { message: `must be one of: ${CALL_STATES.join(', ')}` })
  state?: CallState;
}

export class CallParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID('all', { message: 'must be a UUID' })
  id!: string;
}
