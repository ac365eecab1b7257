import { Injectable, NotFoundException } from '@nestjs/common';
import type { OffsetQuery } from '../../inbound/pagination/offset-query.dto.ts';
import { isAbsent } from '../../outbound/index.ts';
import { PokeApiClient } from '../../providers/pokeapi/pokeapi.client.ts';
import type { PokeApiPokemon } from '../../providers/pokeapi/pokeapi.schema.ts';
import type { Pokemon, PokemonList } from './pokemon.dto.ts';
import { toListItem, toPokemon } from './to-pokemon.ts';

/** Pokémon in our own shape; knows what an absent one means. */
@Injectable()
export class PokemonRepository {
  constructor(private readonly pokeApi: PokeApiClient) {}

  /** @throws NotFoundException when there is no Pokémon of that name or id */
  async findOne(name: string): Promise<Pokemon> {
    return toPokemon(await this.findDocument(name));
  }

  async findPage({ limit, offset }: OffsetQuery): Promise<PokemonList> {
    const { count, results } = await this.pokeApi.listPokemon(limit, offset);
    return { items: results.map(toListItem), total: count, limit, offset };
  }

  /** @throws NotFoundException when there is no Pokémon of that name or id */
  async findDocument(name: string): Promise<PokeApiPokemon> {
    try {
      return await this.pokeApi.getPokemon(name);
    } catch (error) {
      throw isAbsent(error) ? new NotFoundException(`There is no Pokémon "${name}"`) : error;
    }
  }
}
