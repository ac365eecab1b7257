import { ApiProperty } from '@nestjs/swagger';
import { EXAMPLE_ID } from './ids.dto.ts';
import { Pipeline } from './pipelines.dto.ts';

export class BlockJob {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ example: 'npm test' })
  name!: string;

  @ApiProperty({ example: 'running' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null until it is done.', example: null })
  result!: string | null;
}

export class Block {
  @ApiProperty({ description: 'Unique in its pipeline.', example: 'Tests' })
  id!: string;

  @ApiProperty({ example: 'Tests' })
  name!: string;

  @ApiProperty({ example: 'running' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null until it is done.', example: null })
  result!: string | null;

  @ApiProperty({ type: [BlockJob] })
  jobs!: readonly BlockJob[];
}

export class PipelineDetail extends Pipeline {
  @ApiProperty({ type: [Block] })
  blocks!: readonly Block[];
}
