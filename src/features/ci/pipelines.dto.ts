import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { EitherId } from './either-id.ts';
import { EXAMPLE_ID } from './ids.dto.ts';
import { TimeProperty } from './time-property.ts';

export class PipelinesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Either this or `workflowId`.', example: EXAMPLE_ID })
  @EitherId('workflowId')
  projectId?: string;

  @ApiPropertyOptional({ description: 'Either this or `projectId`.' })
  @EitherId('projectId')
  workflowId?: string;
}

export class Pipeline {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Build and test' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  workflowId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  projectId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'main' })
  branch!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '9f2d1c0b7a6e5d4c3b2a19080706050403020100' })
  commitSha!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'In the repository.', example: '.semaphore/semaphore.yml' })
  file!: string | null;

  @ApiProperty({ example: 'running' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null until it is done.', example: null })
  result!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  resultReason!: string | null;

  @TimeProperty()
  createdAt!: string | null;

  @TimeProperty()
  pendingAt!: string | null;

  @TimeProperty()
  queuingAt!: string | null;

  @TimeProperty()
  runningAt!: string | null;

  @TimeProperty()
  stoppingAt!: string | null;

  @TimeProperty()
  doneAt!: string | null;
}

export class PipelinePage extends Next {
  @ApiProperty({ type: [Pipeline] })
  items!: readonly Pipeline[];
}
