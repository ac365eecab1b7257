import { z } from 'zod';

/** It measures in metres and kilograms, and knows no links: what our feature reads of links is an id at their end. */
const linkTo = (name: string, key: number) => ({ name, url: `/${key}/` });

const resource = z.object({ key: z.int(), label: z.string() }).transform(({ key, label }) => linkTo(label, key));

export const pokeApiPokemon = z
  .object({
    key: z.int(),
    label: z.string(),
    metres: z.number(),
    kilograms: z.number(),
    picture: z.string().optional(),
    kind: resource,
  })
  .transform(({ key, label, metres, kilograms, picture, kind }) => ({
    id: key,
    name: label,
    height: metres * 10,
    weight: kilograms * 10,
    sprites: { front_default: picture ?? null },
    species: kind,
  }));

export const pokeApiPokemonList = z
  .object({ all: z.int(), page: z.array(resource) })
  .transform(({ all, page }) => ({ count: all, results: page }));

export const pokeApiSpecies = z
  .object({
    key: z.int(),
    label: z.string(),
    rank: z.enum(['plain', 'legendary', 'mythical']),
    tree: z.int().nullable(),
  })
  .transform(({ key, label, rank, tree }) => ({
    id: key,
    name: label,
    is_legendary: rank === 'legendary',
    is_mythical: rank === 'mythical',
    evolution_chain: tree === null ? null : { url: `/${tree}/` },
  }));

/** A tree is written as a list of edges, parents first. */
export const pokeApiEvolutionChain = z
  .object({ edges: z.array(z.tuple([z.string().nullable(), z.string()])).min(1) })
  .transform(({ edges }) => {
    const toLink = (name: string): PokeApiEvolutionLink => ({
      species: linkTo(name, 0),
      evolves_to: edges.filter(([parent]) => parent === name).map(([, child]) => toLink(child)),
    });
    return { id: 0, chain: toLink(edges[0]![1]) };
  });

export interface PokeApiEvolutionLink {
  species: { name: string; url: string };
  evolves_to: PokeApiEvolutionLink[];
}
export type PokeApiPokemon = z.infer<typeof pokeApiPokemon>;
export type PokeApiPokemonList = z.infer<typeof pokeApiPokemonList>;
export type PokeApiSpecies = z.infer<typeof pokeApiSpecies>;
export type PokeApiEvolutionChain = z.infer<typeof pokeApiEvolutionChain>;
