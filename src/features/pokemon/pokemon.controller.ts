import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OffsetQuery } from '../../inbound/pagination/offset-query.dto.ts';
import { Public } from '../../inbound/authentication/access.ts';
import { SameForEverybody } from '../../inbound/caching/same-for-everybody.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { Pokemon, PokemonList, PokemonParams } from './pokemon.dto.ts';
import { PokemonRepository } from './pokemon.repository.ts';
import { Profile } from './profile.dto.ts';
import { ProfileRepository } from './profile.repository.ts';

@Public()
@ApiTags('pokemon')
@ApiProblems('upstream')
@Controller({ version: '1' })
export class PokemonController {
  constructor(
    private readonly pokemon: PokemonRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @Get('getCharizard')
  @SameForEverybody()
  @ApiOperation({ summary: 'Charizard' })
  @ApiOkResponse({ type: Pokemon })
  getCharizard(): Promise<Pokemon> {
    return this.pokemon.findOne('charizard');
  }

  @Get('pokemon')
  @SameForEverybody()
  @ApiOperation({ summary: 'All Pokémon, page by page' })
  @ApiOkResponse({ type: PokemonList })
  @ApiProblems('invalid_request')
  list(@Query() query: OffsetQuery): Promise<PokemonList> {
    return this.pokemon.findPage(query);
  }

  @Get('pokemon/:name')
  @SameForEverybody()
  @ApiOperation({ summary: 'One Pokémon by name or id' })
  @ApiOkResponse({ type: Pokemon })
  @ApiProblems('invalid_request', 'not_found')
  getOne(@Param() { name }: PokemonParams): Promise<Pokemon> {
    return this.pokemon.findOne(name);
  }

  @Get('pokemon/:name/profile')
  @SameForEverybody()
  @ApiOperation({ summary: 'One Pokémon with its species and its evolution' })
  @ApiOkResponse({ type: Profile })
  @ApiProblems('invalid_request', 'not_found')
  getProfile(@Param() { name }: PokemonParams): Promise<Profile> {
    return this.profiles.findOne(name);
  }
}
