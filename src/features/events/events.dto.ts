import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class TopicParams {
  @ApiProperty({ description: 'Such as `articles`', example: 'articles' })
  @IsString()
  topic!: string;
}

export class EventsQuery {
  @ApiPropertyOptional({
    description: 'The same as the header, for a first connection: browsers cannot set that. The header outweighs it.',
    maxLength: 128,
  })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  lastEventId?: string;
}
