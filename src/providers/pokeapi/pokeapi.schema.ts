import { z } from 'zod';

/** Only the parts of its answers that we read: what PokeAPI publishes as its schema does not match its data. */
/** Of the URL only the id at its end is read; it is never followed. */
const resource = z.object({ name: z.string(), url: z.string() });

export const pokeApiPokemon = z.object({
  id: z.int(),
  name: z.string(),
  height: z.number().describe('decimetres'),
  weight: z.number().describe('hectograms'),
  sprites: z.object({ front_default: z.url().nullable() }),
  species: resource,
});

export const pokeApiPokemonList = z.object({
  count: z.int(),
  results: z.array(resource),
});

export const pokeApiSpecies = z.object({
  id: z.int(),
  name: z.string(),
  is_legendary: z.boolean(),
  is_mythical: z.boolean(),
  evolution_chain: z.object({ url: z.string() }).nullable(),
});

const evolutionLink = z.object({
  species: resource,
  get evolves_to() {
    return z.array(evolutionLink);
  },
});

export const pokeApiEvolutionChain = z.object({ id: z.int(), chain: evolutionLink });

export type PokeApiPokemon = z.infer<typeof pokeApiPokemon>;
export type PokeApiPokemonList = z.infer<typeof pokeApiPokemonList>;
export type PokeApiSpecies = z.infer<typeof pokeApiSpecies>;
export type PokeApiEvolutionLink = z.infer<typeof evolutionLink>;
export type PokeApiEvolutionChain = z.infer<typeof pokeApiEvolutionChain>;
