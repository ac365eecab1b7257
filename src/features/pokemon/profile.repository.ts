import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { currentContext } from '../../platform/context/request-context.ts';
import { PokeApiClient } from '../../providers/pokeapi/pokeapi.client.ts';
import type { PokeApiPokemon, PokeApiSpecies } from '../../providers/pokeapi/pokeapi.schema.ts';
import { PokemonRepository } from './pokemon.repository.ts';
import { OPTIONAL_PARTS, type Evolution, type Profile } from './profile.dto.ts';
import { toEvolution, toId, toPokemon, toSpecies } from './to-pokemon.ts';

/** Optional parts get this share of the time left, so that a slow one goes missing instead of taking the answer with it. */
const OPTIONAL_SHARE = 0.7;

/** A Pokémon with what surrounds it: only the Pokémon itself is required. */
@Injectable()
export class ProfileRepository {
  constructor(
    private readonly pokemon: PokemonRepository,
    private readonly pokeApi: PokeApiClient,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException when there is no Pokémon of that name or id */
  async findOne(name: string): Promise<Profile> {
    const document = this.pokemon.findDocument(name);
    const species = this.findSpecies(name, document);
    const evolution = this.findEvolution(species);
    const [found, ...parts] = await Promise.all([document, orNull(species), orNull(evolution)]);
    const optional = { species: parts[0] && toSpecies(parts[0]), evolution: parts[1] };
    return {
      pokemon: toPokemon(found),
      ...optional,
      missing: OPTIONAL_PARTS.filter((part) => optional[part] === null),
    };
  }

  /** Most Pokémon are named as their species, so both are asked for at once; a form's species is known only afterwards. */
  private async findSpecies(name: string, document: Promise<PokeApiPokemon>): Promise<PokeApiSpecies> {
    const guess = this.pokeApi.getSpecies(name, this.patience());
    guess.catch(() => undefined);
    const { species } = await document;
    const isGuessRight = species.name === name || toId(species.url) === Number(name);
    return isGuessRight ? guess : this.pokeApi.getSpecies(species.name, this.patience());
  }

  private async findEvolution(species: Promise<PokeApiSpecies>): Promise<Evolution> {
    const { evolution_chain } = await species;
    if (evolution_chain === null) throw new Error('The species belongs to no evolution chain');
    return toEvolution((await this.pokeApi.getEvolutionChain(toId(evolution_chain.url), this.patience())).chain);
  }

  private patience(): { deadlineMs: number } {
    const deadlineAt = currentContext()?.deadlineAt ?? Infinity;
    return { deadlineMs: (deadlineAt - this.clock.now()) * OPTIONAL_SHARE };
  }
}

const orNull = <T>(part: Promise<T>): Promise<T | null> => part.catch(() => null);
