import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import { WholeNumber } from '../validation/whole-number.ts';
import { MAX_CURSOR_LENGTH } from './cursors.ts';

/** For lists that are read by cursor; those with filters extend it. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'How many, 1 to 100. Beside a cursor: as in the page it is from, or absent. Default 20.',
    type: Number,
    minimum: 1,
    maximum: 100,
  })
  @IsOptional()
  @WholeNumber(1, 100)
  limit?: number;

  @ApiPropertyOptional({
    description: '`next` of the page before. Absent: the first page.',
    maxLength: MAX_CURSOR_LENGTH,
  })
  @IsOptional()
  @Length(1, MAX_CURSOR_LENGTH, { message: `must be text of 1 to ${MAX_CURSOR_LENGTH} characters` })
  cursor?: string;
}
