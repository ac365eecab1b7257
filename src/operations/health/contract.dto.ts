import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { ContractFinding } from '../../outbound/index.ts';

@ApiSchema({ name: 'ContractFinding' })
export class ContractFindingDto implements ContractFinding {
  @ApiProperty({ example: 'getPokemon' })
  operation!: string;

  @ApiProperty({
    example: 'moves[].move.name',
    description: '`[]` is any element, `{}` any key that looks like data, `(root)` the whole answer.',
  })
  path!: string;

  @ApiProperty({ enum: ['new', 'missing', 'retyped'] })
  kind!: ContractFinding['kind'];

  @ApiPropertyOptional({ type: String, example: 'number' })
  from?: string | undefined;

  @ApiPropertyOptional({ type: String, example: 'null' })
  to?: string | undefined;

  @ApiProperty({ description: 'In how many of the answers that were looked at: one a second, and all broken ones.' })
  count!: number;

  @ApiProperty({ format: 'date-time' })
  firstSeenAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastSeenAt!: string;
}

@ApiSchema({ name: 'Contract' })
export class ContractDto {
  @ApiProperty({
    enum: ['enforce', 'report', 'off'],
    description: 'What is done about answers that break their schema, unless the operation says otherwise.',
  })
  mode!: string;

  @ApiProperty({ type: [ContractFindingDto], description: '200 at most.' })
  findings!: readonly ContractFindingDto[];
}
