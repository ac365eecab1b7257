import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { PROBLEMS, type FieldError, type Problem, type ProblemCode } from './problem.ts';

@ApiSchema({ name: 'FieldError' })
export class FieldErrorDto implements FieldError {
  @ApiProperty({ example: 'limit' })
  field!: string;

  @ApiProperty({ example: 'must be a whole number from 1 to 100' })
  detail!: string;
}

/** The shape of every error, for the documentation. */
@ApiSchema({ name: 'Problem' })
export class ProblemDto implements Problem {
  @ApiProperty({ example: '/problems/not_found', description: 'Address of a page that explains the code.' })
  type!: string;

  @ApiProperty({ example: 'Not found' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ example: 'There is no Pokémon "missingno"' })
  detail!: string;

  @ApiProperty({ example: '/api/v1/pokemon/missingno' })
  instance!: string;

  @ApiProperty({ enum: Object.keys(PROBLEMS), example: 'not_found' })
  code!: ProblemCode;

  @ApiProperty({ example: '5b0c2c1e-5f0a-4f0e-9d8f-0f6f6d3f7c11' })
  requestId!: string;

  @ApiPropertyOptional({ description: 'The external service concerned.', example: 'pokeapi' })
  provider?: string;

  @ApiPropertyOptional({ description: 'When it is worth trying again, in ms.', example: 5000 })
  retryAfterMs?: number;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: FieldErrorDto[];
}
