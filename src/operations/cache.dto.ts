import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsOptional, Matches } from 'class-validator';

export class ForgetQuery {
  /** The controller checks it: it knows which there are. */
  @ApiProperty({
    description: 'Name of the external service whose answers are to be forgotten.',
    type: String,
    example: 'pokeapi',
  })
  @Allow()
  provider: unknown;

  @ApiPropertyOptional({
    description: 'Only what bears this tag: the name of an operation, or one that calls give. Default: everything.',
    type: String,
  })
  @IsOptional()
  @Matches(/^\P{C}{1,200}$/u, { message: 'must be 1 to 200 printable characters' })
  tag?: string;
}

export class Forgotten {
  @ApiProperty({ description: 'How many stored entries this instance forgot.', example: 12 })
  forgotten!: number;
}
