import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class GatewayRoute {
  @ApiProperty({ example: 'origin' })
  name!: string;

  @ApiProperty({ description: 'What it is served under.', example: '/gateway/origin' })
  path!: string;

  @ApiPropertyOptional({ description: 'What it is for, where the routes file says so.' })
  description?: string;

  @ApiPropertyOptional({ description: 'Methods that it takes; absent: any.', type: [String], example: ['GET', 'HEAD'] })
  methods?: string[];

  @ApiProperty({ description: 'Whether anybody may use it.' })
  public!: boolean;

  @ApiProperty({ description: 'Scopes that it takes.', type: [String], example: ['origin:use'] })
  scopes!: string[];
}

export class GatewayRoutes {
  @ApiProperty({ type: [GatewayRoute] })
  items!: GatewayRoute[];

  @ApiProperty({ description: 'Routes that the caller may use, in all.', example: 1 })
  total!: number;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: 0 })
  offset!: number;
}
