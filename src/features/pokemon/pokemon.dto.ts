import { ApiProperty } from '@nestjs/swagger';
import { Matches, MaxLength } from 'class-validator';
import { LowerCase } from '../../inbound/validation/lower-case.ts';
import { Normalised } from '../../inbound/validation/normalised.ts';

const CHARIZARD_IMAGE = 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png';

export class PokemonParams {
  @ApiProperty({ description: 'Name, in any case, or id: letters, digits and dashes.', example: 'charizard' })
  @Normalised()
  @LowerCase()
  @Matches(/^[a-z\d-]+$/, { message: 'may contain letters, digits and dashes only' })
  @MaxLength(64, { message: 'may have at most 64 characters' })
  name!: string;
}

export class Pokemon {
  @ApiProperty({ example: 6 })
  id!: number;

  @ApiProperty({ example: 'charizard' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: CHARIZARD_IMAGE })
  image!: string | null;

  @ApiProperty({ example: '170 cm' })
  height!: string;

  @ApiProperty({ example: '90.5 kg' })
  weight!: string;
}

export class PokemonListItem {
  @ApiProperty({ example: 6 })
  id!: number;

  @ApiProperty({ example: 'charizard' })
  name!: string;
}

export class PokemonList {
  @ApiProperty({ type: [PokemonListItem] })
  items!: PokemonListItem[];

  @ApiProperty({ description: 'How many there are in all.', example: 1351 })
  total!: number;

  @ApiProperty({ example: 20 })
  limit!: number;

  @ApiProperty({ example: 0 })
  offset!: number;
}
