import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Pokemon } from './pokemon.dto.ts';

export class Species {
  @ApiProperty({ example: 6 })
  id!: number;

  @ApiProperty({ example: 'charizard' })
  name!: string;

  @ApiProperty({ example: false })
  isLegendary!: boolean;

  @ApiProperty({ example: false })
  isMythical!: boolean;
}

/** What a species evolves into, and those in turn. */
export class Evolution {
  @ApiProperty({ description: 'Name of the species.', example: 'charmander' })
  name!: string;

  @ApiProperty({ type: 'array', items: { $ref: getSchemaPath('Evolution') } })
  evolvesTo!: Evolution[];
}

/** Parts a profile can do without. */
export const OPTIONAL_PARTS = ['species', 'evolution'] as const;
export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

export class Profile {
  @ApiProperty({ type: Pokemon })
  pokemon!: Pokemon;

  @ApiProperty({ type: Species, nullable: true })
  species!: Species | null;

  @ApiProperty({ type: Evolution, nullable: true, description: 'From the first of the family on.' })
  evolution!: Evolution | null;

  @ApiProperty({ enum: OPTIONAL_PARTS, isArray: true, description: 'Parts that could not be fetched this time.' })
  missing!: OptionalPart[];
}
