import { ApiProperty } from '@nestjs/swagger';

export class LiveDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

export class ReadyDto extends LiveDto {
  @ApiProperty({
    description: 'The stores that this process uses itself; none when it needs none.',
    type: 'object',
    additionalProperties: { type: 'string', enum: ['up', 'down'] },
    example: { redis: 'up' },
  })
  checks!: Readonly<Record<string, 'up' | 'down'>>;
}
