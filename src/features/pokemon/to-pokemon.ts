import type {
  PokeApiEvolutionLink,
  PokeApiPokemon,
  PokeApiPokemonList,
  PokeApiSpecies,
} from '../../providers/pokeapi/pokeapi.schema.ts';
import type { Pokemon, PokemonListItem } from './pokemon.dto.ts';
import type { Evolution, Species } from './profile.dto.ts';

/** Free of floating-point artefacts such as 11.000000000000002. */
const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Decimetres to centimetres, hectograms to kilograms. */
export const toPokemon = ({ id, name, sprites, height, weight }: PokeApiPokemon): Pokemon => ({
  id,
  name,
  image: sprites.front_default,
  height: `${round(height * 10)} cm`,
  weight: `${round(weight / 10)} kg`,
});

/** Lists name their items by URL only; its last segment is the id. */
export const toListItem = ({ name, url }: PokeApiPokemonList['results'][number]): PokemonListItem => ({
  id: toId(url),
  name,
});

export const toSpecies = ({ id, name, is_legendary, is_mythical }: PokeApiSpecies): Species => ({
  id,
  name,
  isLegendary: is_legendary,
  isMythical: is_mythical,
});

export const toEvolution = ({ species, evolves_to }: PokeApiEvolutionLink): Evolution => ({
  name: species.name,
  evolvesTo: evolves_to.map(toEvolution),
});

/** The id at the end of a resource's URL; the URL itself is never followed. */
export const toId = (url: string): number => Number(/\/(\d{1,9})\/?$/.exec(url)?.[1] ?? 0);
