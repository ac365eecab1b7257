import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { LOG_LEVELS, type LogLevel } from '../platform/server.config.ts';

export class LoggingChange {
  @ApiProperty({ description: 'Least severe level that is logged.', enum: LOG_LEVELS, example: 'debug' })
  @IsIn(LOG_LEVELS, { message: `must be one of: ${LOG_LEVELS.join(', ')}` })
  level!: LogLevel;

  @ApiPropertyOptional({
    description: 'Seconds after which it is again what it was. Default: it stays.',
    type: 'integer',
    minimum: 1,
    maximum: 86_400,
    example: 600,
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number of seconds' })
  @Min(1, { message: 'must be at least 1' })
  @Max(86_400, { message: 'must be at most 86400' })
  forS?: number;
}

export class LoggingState {
  @ApiProperty({ description: 'Least severe level that this process logs.', enum: LOG_LEVELS, example: 'debug' })
  level!: LogLevel;

  @ApiPropertyOptional({
    description: 'When it goes back by itself; absent when it stays.',
    type: String,
    format: 'date-time',
  })
  until?: string;

  @ApiPropertyOptional({ description: 'What it goes back to.', enum: LOG_LEVELS, example: 'info' })
  after?: LogLevel;
}
