import { ApiProperty } from '@nestjs/swagger';

/** Documents a time that may not have come yet. */
export const TimeProperty = (): PropertyDecorator =>
  ApiProperty({ type: String, nullable: true, format: 'date-time', example: '2026-01-02T12:00:00.000Z' });
