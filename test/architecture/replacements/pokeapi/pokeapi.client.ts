import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApiClient, path, UpstreamError } from '../../../../src/outbound/index.ts';
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

interface Patience {
  readonly deadlineMs?: number;
}

@Injectable()
export class PokeApiClient {
  constructor(private readonly http: ApiClient) {}

  getPokemon(name: string): Promise<PokeApiPokemon> {
    return this.ask(pokeApiPokemon, 'monster', { key: name });
  }

  listPokemon(limit: number, offset: number): Promise<PokeApiPokemonList> {
    return this.ask(pokeApiPokemonList, 'monsters', { take: limit, skip: offset });
  }

  getSpecies(name: string, patience?: Patience): Promise<PokeApiSpecies> {
    return this.ask(pokeApiSpecies, 'kind', { key: name }, patience);
  }

  getEvolutionChain(id: number, patience?: Patience): Promise<PokeApiEvolutionChain> {
    return this.ask(pokeApiEvolutionChain, 'tree', { key: id }, patience);
  }

  /** What is not there is answered 200, with null. */
  private async ask<T>(schema: z.ZodType<T>, method: string, params: object, patience?: Patience): Promise<T> {
    const answer = z.object({ result: schema.nullable() });
    const body = { jsonrpc: '2.0', id: 1, method, params };
    const reply: unknown = await this.http.post(path`/rpc`, { operation: 'ask', body, answer, ...patience });
    const { result } = reply as { result: T | null };
    if (result !== null) return result;
    const reason = 'there is no such thing';
    throw new UpstreamError({ code: 'upstream_rejected', provider: 'pokeapi', operation: 'ask', reason, status: 404 });
  }
}
