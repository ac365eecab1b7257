import { Module } from '@nestjs/common';
import { PokeApiModule } from '../../providers/pokeapi/pokeapi.module.ts';
import { PokemonController } from './pokemon.controller.ts';
import { PokemonRepository } from './pokemon.repository.ts';
import { ProfileRepository } from './profile.repository.ts';

@Module({
  imports: [PokeApiModule],
  controllers: [PokemonController],
  providers: [PokemonRepository, ProfileRepository],
})
export class PokemonModule {}
