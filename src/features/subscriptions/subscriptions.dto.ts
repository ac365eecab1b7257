import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, IsUUID, Length } from 'class-validator';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { LowerCase } from '../../inbound/validation/lower-case.ts';
import { MAX_URL_LENGTH } from './receiver-url.ts';

const MAX_TOPICS = 20;
const TOPICS = `must be a list of 1 to ${MAX_TOPICS} topics, each once`;
const EXAMPLE_ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';
const EXAMPLE_TIME = '2026-01-02T12:00:00.000Z';

export class SubscriptionParams {
  @ApiProperty({ format: 'uuid', example: EXAMPLE_ID })
  @LowerCase()
  @IsUUID('all', { message: 'must be a UUID' })
  id!: string;
}

export class SubscriptionRequest {
  @ApiProperty({
    description: 'Where events are posted to: https, a public address, no credentials and no fragment.',
    maxLength: MAX_URL_LENGTH,
    example: 'https://hooks.example.com/breakwater',
  })
  @Length(1, MAX_URL_LENGTH, { message: `must be text of 1 to ${MAX_URL_LENGTH} characters` })
  url!: string;

  @ApiProperty({
    description: 'What to tell of. Each needs the scopes that listening to it needs.',
    ...{ type: [String], minItems: 1, maxItems: MAX_TOPICS, uniqueItems: true, example: ['ci'] },
  })
  @IsArray({ message: TOPICS })
  @ArrayMinSize(1, { message: TOPICS })
  @ArrayMaxSize(MAX_TOPICS, { message: TOPICS })
  @ArrayUnique({ message: TOPICS })
  @IsString({ each: true, message: TOPICS })
  topics!: string[];
}

export class DeliveryFailureDto {
  @ApiProperty({ format: 'date-time', example: EXAMPLE_TIME })
  at!: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Of the answer; null: there was none.', example: 500 })
  status!: number | null;

  @ApiProperty({ example: 'The receiver answered with status 500' })
  detail!: string;
}

export class SubscriptionDto {
  @ApiProperty({ format: 'uuid', example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ example: 'https://hooks.example.com/breakwater' })
  url!: string;

  @ApiProperty({ type: [String], example: ['ci'] })
  topics!: readonly string[];

  @ApiProperty({
    description: '`disabled`: the receiver answered 410 Gone. Nothing is delivered any more.',
    enum: ['active', 'disabled'],
  })
  state!: 'active' | 'disabled';

  @ApiProperty({ format: 'date-time', example: EXAMPLE_TIME })
  createdAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    description: 'To the minute.',
    example: EXAMPLE_TIME,
  })
  lastDeliveredAt!: string | null;

  @ApiProperty({
    type: DeliveryFailureDto,
    nullable: true,
    description: 'The latest attempt at a delivery that failed.',
  })
  lastFailure!: DeliveryFailureDto | null;
}

export class NewSubscriptionDto extends SubscriptionDto {
  @ApiProperty({
    description: 'What deliveries are signed with (Standard Webhooks). Shown this once.',
    example: 'whsec_…',
  })
  secret!: string;
}

export class SubscriptionPage extends Next {
  @ApiProperty({ type: [SubscriptionDto] })
  items!: readonly SubscriptionDto[];
}

export class TestDelivery {
  @ApiProperty({ format: 'uuid', description: 'Of the background call that delivers.', example: EXAMPLE_ID })
  callId!: string;
}
