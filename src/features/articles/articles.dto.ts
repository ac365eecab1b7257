import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsNotIn, Matches } from 'class-validator';

const SLUG = /^[\p{L}\p{N}\p{M}._~-]{1,200}$/u;
const SLUG_RULE = 'must be 1 to 200 letters, digits, dots, dashes, tildes and underscores';

/** One Unicode form (NFC), and nothing trimmed: what is no slug is refused. */
const toOneForm = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.normalize('NFC') : value;

export class ArticleParams {
  @ApiProperty({ description: 'Letters, digits, `.`, `-`, `_` and `~`.', maxLength: 200, example: 'hello-world' })
  @Transform(toOneForm)
  @IsNotIn(['.', '..'], { message: SLUG_RULE })
  @Matches(SLUG, { message: SLUG_RULE })
  slug!: string;
}

export class Article {
  @ApiProperty({ example: 'hello-world' })
  slug!: string;

  @ApiProperty({ example: 'Hello, world' })
  title!: string;

  @ApiProperty({ type: String, nullable: true, example: 'The first of many.' })
  body!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-01-01T09:00:00.000Z' })
  publishedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-01-02T12:30:00.000Z' })
  updatedAt!: string | null;
}

export class ArticleList {
  @ApiProperty({ type: [Article] })
  items!: Article[];

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'How many there are in all, if the CMS says.',
    example: 42,
  })
  total!: number | null;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: 0 })
  offset!: number;
}
