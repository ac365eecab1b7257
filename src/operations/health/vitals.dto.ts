import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { LastError, Latency, ServerVitals, VitalsWindow } from '../vitals/vitals.ts';

const ratio = { type: Number, nullable: true, minimum: 0, maximum: 1 } as const;

@ApiSchema({ name: 'Latency' })
export class LatencyDto implements Latency {
  @ApiProperty({ example: 42.1 })
  p50Ms!: number;

  @ApiProperty({ example: 180.5 })
  p95Ms!: number;

  @ApiProperty({ example: 420 })
  p99Ms!: number;
}

@ApiSchema({ name: 'ProviderWindow' })
export class WindowDto implements VitalsWindow {
  @ApiProperty({ description: 'What it covers: 60 s at most.' })
  windowMs!: number;

  @ApiProperty()
  calls!: number;

  @ApiProperty({ description: 'Those that ended in an error of the service, or of reaching it.' })
  failedCalls!: number;

  @ApiProperty({ ...ratio, description: 'Null: no calls that tell.' })
  successRatio!: number | null;

  @ApiProperty()
  attempts!: number;

  @ApiProperty()
  failedAttempts!: number;

  @ApiProperty()
  retries!: number;

  @ApiProperty({ description: 'Calls that were not let through: circuit open, overloaded, not configured.' })
  refusedCalls!: number;

  @ApiProperty()
  staleAnswers!: number;

  @ApiProperty({ type: LatencyDto, nullable: true, description: 'Of attempts, to the end of the answer.' })
  latency!: LatencyDto | null;

  @ApiProperty({ ...ratio, description: 'Answers from the store, of those that could have been.' })
  cacheHitRatio!: number | null;
}

@ApiSchema({ name: 'ProviderLastError' })
export class LastErrorDto implements Omit<LastError, 'code'> {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'getPokemon' })
  operation!: string;

  @ApiProperty({ example: 'upstream_timeout' })
  code!: string;

  @ApiProperty({ example: 'the attempt took longer than 3000 ms' })
  reason!: string;

  @ApiPropertyOptional()
  status?: number;

  @ApiPropertyOptional()
  requestId?: string;
}

@ApiSchema({ name: 'ServerHealth' })
export class ServerHealthDto implements Omit<ServerVitals, 'lastError'> {
  @ApiProperty({ example: 'http://10.0.0.7:8080' })
  id!: string;

  @ApiProperty({ description: 'Of the last 60 s.' })
  attempts!: number;

  @ApiProperty()
  failedAttempts!: number;

  @ApiProperty({ type: LatencyDto, nullable: true })
  latency!: LatencyDto | null;

  @ApiProperty({ type: LastErrorDto, nullable: true })
  lastError!: LastErrorDto | null;
}
