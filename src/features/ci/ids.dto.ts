import { ApiProperty } from '@nestjs/swagger';
import { Identifier } from './input-rules.ts';

export const EXAMPLE_ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

export class IdParams {
  @ApiProperty({ example: EXAMPLE_ID })
  @Identifier()
  id!: string;
}

/** What a write was about, by its id. */
export class Accepted {
  @ApiProperty({ example: EXAMPLE_ID })
  id!: string;
}
