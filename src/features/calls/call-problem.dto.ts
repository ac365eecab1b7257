import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { FieldErrorDto } from '../../inbound/problems/problem.dto.ts';

/** Why an attempt failed, as a problem (RFC 9457) without a request of its own. */
@ApiSchema({ name: 'CallProblem' })
export class CallProblemDto {
  @ApiProperty({ description: 'Address of a page that explains the code.', example: '/problems/upstream_failed' })
  type!: string;

  @ApiProperty({ example: 'Upstream failed' })
  title!: string;

  @ApiProperty({ description: 'Status that the route that does the same would answer.', example: 502 })
  status!: number;

  @ApiProperty({ example: 'The external service answered with an error' })
  detail!: string;

  @ApiProperty({ description: 'The call.', example: '/api/v1/calls/3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f' })
  instance!: string;

  @ApiProperty({ example: 'upstream_failed' })
  code!: string;

  @ApiPropertyOptional({ description: 'The external service concerned.', example: 'semaphore' })
  provider?: string;

  @ApiPropertyOptional({ description: 'When it was worth trying again, in ms.', example: 5000 })
  retryAfterMs?: number;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: readonly FieldErrorDto[];
}
