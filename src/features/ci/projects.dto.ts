import { ApiProperty } from '@nestjs/swagger';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { EXAMPLE_ID } from './ids.dto.ts';
import { Identifier } from './input-rules.ts';

export class ProjectParams {
  @ApiProperty({ maxLength: 100, example: 'breakwater' })
  @Identifier()
  name!: string;
}

export class Repository {
  @ApiProperty({ type: String, nullable: true, example: 'breakwater' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'acme' })
  owner!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'git@github.com:acme/breakwater.git' })
  url!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the pipeline that starts a workflow.',
    example: '.semaphore/semaphore.yml',
  })
  pipelineFile!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'github_app' })
  integration!: string | null;

  @ApiProperty({ type: [String], description: 'What starts workflows.', example: ['branches', 'tags'] })
  runOn!: readonly string[];
}

export class Project {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ example: 'breakwater' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'The API layer' })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, example: EXAMPLE_ID })
  ownerId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'private' })
  visibility!: string | null;

  @ApiProperty({ type: Repository, nullable: true })
  repository!: Repository | null;
}

export class ProjectPage extends Next {
  @ApiProperty({ type: [Project] })
  items!: readonly Project[];
}
