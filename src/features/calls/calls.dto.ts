import { ApiProperty } from '@nestjs/swagger';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { CALL_STATES, type CallState } from '../../jobs/call-record.ts';
import { CallProblemDto } from './call-problem.dto.ts';

const time = (description: string) => ({ description, type: String, format: 'date-time', nullable: true });

const STATES =
  '`queued`: waits for its turn, or for its next attempt. `failed`: it did not work, and is not tried again. ' +
  '`outcome_unknown`: it was sent, and whether it was done nobody can say; it is never sent again by itself.';

/** A call without what it was given and what came of it, which may both be large. */
export class CallSummary {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ci.rerunWorkflow' })
  operation!: string;

  @ApiProperty({ enum: CALL_STATES, description: STATES })
  state!: CallState;

  @ApiProperty({ description: 'Those put off by a limit, ours or that of the service, do not count.', example: 1 })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty(time('Of the latest attempt.'))
  startedAt!: string | null;

  @ApiProperty(time('After that it is kept for 24 hours.'))
  finishedAt!: string | null;

  @ApiProperty(time('Before then it is not tried again.'))
  nextAttemptAt!: string | null;

  @ApiProperty({ type: CallProblemDto, nullable: true, description: 'Of the latest attempt that failed.' })
  problem!: CallProblemDto | null;
}

export class Call extends CallSummary {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What it was given.' })
  input!: object;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What the route that does the same answers; null unless it has `succeeded`.',
  })
  result!: unknown;

  @ApiProperty({ description: 'There is a result, but it is more than 256 KiB and was not kept.', example: false })
  isResultTooLarge!: boolean;
}

export class CallPage extends Next {
  @ApiProperty({ type: [CallSummary] })
  items!: readonly CallSummary[];
}
