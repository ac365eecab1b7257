import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { EXAMPLE_ID } from './ids.dto.ts';
import { MayBeAbsent } from './input-rules.ts';
import { JOB_STATES, JobStates } from './job-states.ts';
import { TimeProperty } from './time-property.ts';

export class JobsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: `One or several of ${JOB_STATES.join(', ')}, separated by commas. Default: all.`,
    example: 'running,queued',
  })
  @MayBeAbsent()
  @JobStates()
  state?: string;
}

export class Job {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ example: 'npm test' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  projectId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  pipelineId!: string | null;

  @ApiProperty({ example: 'finished' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null until it is finished.', example: 'passed' })
  result!: string | null;

  @TimeProperty()
  createdAt!: string | null;

  @TimeProperty()
  updatedAt!: string | null;

  @TimeProperty()
  startedAt!: string | null;

  @TimeProperty()
  finishedAt!: string | null;
}

export class JobPage extends Next {
  @ApiProperty({ type: [Job] })
  items!: readonly Job[];
}

export class LogLine {
  @ApiProperty({ description: 'Number of the line, from 1.', example: 1 })
  id!: number;

  @TimeProperty()
  at!: string | null;

  @ApiProperty({ description: 'Without the line break; terminal colours and all.', example: 'npm ci' })
  text!: string;
}

export class JobLog extends Next {
  @ApiProperty({ type: [LogLine], description: 'All of them.' })
  items!: readonly LogLine[];
}
