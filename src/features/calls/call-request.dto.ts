import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow, IsObject } from 'class-validator';

export class CallRequest {
  /** The repository checks it: it knows which there are. */
  @ApiProperty({
    description: '`ci.runWorkflow`, `ci.rerunWorkflow`, `ci.stopWorkflow` or `ci.rebuildPipeline`.',
    type: String,
    example: 'ci.rerunWorkflow',
  })
  @Allow()
  operation: unknown;

  /** As it came: what it must be depends on the operation. */
  @ApiProperty({
    description: 'What the route that does the same takes: its parameters and its body in one. 64 KiB at most.',
    type: 'object',
    additionalProperties: true,
    example: { id: '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f' },
  })
  @Transform(({ obj }: { obj: { input: unknown } }) => obj.input)
  @IsObject({ message: 'must be an object' })
  input!: object;
}
