import { ApiProperty } from '@nestjs/swagger';

/** What every page of a list by cursor has beside its items. */
export class Next {
  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the page after this one; null at the end.' })
  next!: string | null;
}
