import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { Next } from '../../inbound/pagination/next.dto.ts';
import { EXAMPLE_ID } from './ids.dto.ts';
import { PromotionName } from './input-rules.ts';
import { TimeProperty } from './time-property.ts';

export class PromotionRequest {
  @ApiProperty({ description: 'As the pipeline calls it.', maxLength: 255, example: 'Production' })
  @PromotionName()
  name!: string;

  @ApiPropertyOptional({ description: 'Although its conditions are not met.', default: false, type: Boolean })
  @IsBoolean({ message: 'must be true or false' })
  override: boolean = false;
}

export class StartedPromotion {
  @ApiProperty({ description: 'Its name: that is what identifies it in its pipeline.', example: 'Production' })
  id!: string;

  @ApiProperty({ example: 'Production' })
  name!: string;

  @ApiProperty({ description: 'Of the pipeline that was promoted.', example: EXAMPLE_ID })
  pipelineId!: string;
}

export class Promotion {
  @ApiProperty({ description: 'Unique in its pipeline.', example: EXAMPLE_ID })
  id!: string;

  @ApiProperty({ example: 'Production' })
  name!: string;

  @ApiProperty({ example: 'passed' })
  status!: string;

  @ApiProperty({ type: String, nullable: true, example: 'manual' })
  triggeredBy!: string | null;

  @TimeProperty()
  triggeredAt!: string | null;
}

export class PromotionPage extends Next {
  @ApiProperty({ type: [Promotion] })
  items!: readonly Promotion[];
}
