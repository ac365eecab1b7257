import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { EXAMPLE_ID } from './ids.dto.ts';
import { CommitSha, GitReference, MayBeAbsent, RepositoryPath, Identifier } from './input-rules.ts';
import { RunParameters } from './run-parameters.ts';

const EXAMPLE_SHA = '9f2d1c0b7a6e5d4c3b2a19080706050403020100';

export class WorkflowsQuery extends PageQuery {
  @ApiProperty({ example: EXAMPLE_ID })
  @Identifier()
  projectId!: string;

  @ApiPropertyOptional({ description: 'Only those of this branch.', maxLength: 255, example: 'main' })
  @MayBeAbsent()
  @GitReference()
  branch?: string;
}

export class WorkflowRequest {
  @ApiProperty({ example: EXAMPLE_ID })
  @Identifier()
  projectId!: string;

  @ApiProperty({
    description: 'What to run: a branch, tag or pull request.',
    maxLength: 255,
    example: 'refs/heads/main',
  })
  @GitReference()
  reference!: string;

  @ApiPropertyOptional({ description: '7 to 64 digits. Default: the newest commit there.', example: EXAMPLE_SHA })
  @MayBeAbsent()
  @CommitSha()
  commitSha?: string;

  @ApiPropertyOptional({
    description: "Path in the repository. Default: the project's.",
    maxLength: 255,
    example: '.semaphore/semaphore.yml',
  })
  @MayBeAbsent()
  @RepositoryPath()
  pipelineFile?: string;

  @ApiPropertyOptional({
    description: 'At most 50, by the names of the environment variables that jobs find them in; 4,096 characters each.',
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 4_096 },
    example: { TARGET: 'staging' },
  })
  @MayBeAbsent()
  @RunParameters()
  parameters?: Record<string, string>;
}

export class StartedWorkflow {
  @ApiProperty({ description: 'Of the workflow.', example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ description: 'Of its first pipeline.', example: EXAMPLE_ID })
  pipelineId!: string;
}

export class Workflow {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  projectId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  initialPipelineId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'main' })
  branch!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_SHA })
  commitSha!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'hook' })
  triggeredBy!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  requesterId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The workflow that this one repeats.', example: null })
  rerunOf!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: '2026-01-02T12:00:00.000Z' })
  createdAt!: string | null;
}

export class WorkflowPage extends Next {
  @ApiProperty({ type: [Workflow] })
  items!: readonly Workflow[];
}
