import { ApiProperty } from '@nestjs/swagger';

/** What was put off. */
export class AcceptedCall {
  @ApiProperty({ description: 'Of the call; `Location` says where it is.', format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ci.runWorkflow' })
  operation!: string;

  @ApiProperty({ enum: ['queued'] })
  state!: 'queued';
}
