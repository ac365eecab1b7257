import { ApiPropertyOptional } from '@nestjs/swagger';
import { WholeNumber } from '../validation/whole-number.ts';

/** For lists that can be read from any place on. */
export class OffsetQuery {
  @ApiPropertyOptional({ description: 'How many, 1 to 100.', default: 20, type: Number })
  @WholeNumber(1, 100)
  limit: number = 20;

  @ApiPropertyOptional({ description: 'How many to skip.', default: 0, type: Number })
  @WholeNumber(0, 1_000_000)
  offset: number = 0;
}
