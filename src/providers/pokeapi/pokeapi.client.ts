import { Injectable } from '@nestjs/common';
import { ApiClient, path } from '../../outbound/index.ts';
import {
  pokeApiEvolutionChain,
  pokeApiPokemon,
  pokeApiPokemonList,
  pokeApiSpecies,
  type PokeApiEvolutionChain,
  type PokeApiPokemon,
  type PokeApiPokemonList,
  type PokeApiSpecies,
} from './pokeapi.schema.ts';

/** Limits one call beyond what the provider says. */
interface Patience {
  /** Brings the call's deadline nearer, in ms from now. */
  readonly deadlineMs?: number;
}

/** The operations of PokeAPI v2 that we use. All throw `UpstreamError`. */
@Injectable()
export class PokeApiClient {
  constructor(private readonly http: ApiClient) {}

  /** One Pokémon by lower-case name or id. */
  getPokemon(name: string): Promise<PokeApiPokemon> {
    return this.http.get(path`/pokemon/${name}`, { operation: 'getPokemon', answer: pokeApiPokemon });
  }

  /** One page of all Pokémon, in order of id. `limit` from 1. */
  listPokemon(limit: number, offset: number): Promise<PokeApiPokemonList> {
    return this.http.get(path`/pokemon`, {
      operation: 'listPokemon',
      query: { limit, offset },
      answer: pokeApiPokemonList,
    });
  }

  /** The species that several forms may share, by lower-case name or id. */
  getSpecies(name: string, patience?: Patience): Promise<PokeApiSpecies> {
    return this.http.get(path`/pokemon-species/${name}`, {
      operation: 'getSpecies',
      ...patience,
      answer: pokeApiSpecies,
    });
  }

  getEvolutionChain(id: number, patience?: Patience): Promise<PokeApiEvolutionChain> {
    return this.http.get(path`/evolution-chain/${id}`, {
      operation: 'getEvolutionChain',
      ...patience,
      answer: pokeApiEvolutionChain,
    });
  }
}
