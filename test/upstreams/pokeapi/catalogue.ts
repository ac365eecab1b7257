import { evolutionChainDocument } from './evolution-chain.document.ts';
import { KNOWN_CHAINS } from './known-chains.ts';
import { KNOWN_POKEMON } from './known-pokemon.ts';
import { KNOWN_SPECIES } from './known-species.ts';
import { linkTo } from './link.ts';
import { pokemonDocument } from './pokemon.document.ts';
import { speciesDocument } from './species.document.ts';

export interface CatalogueEntry {
  readonly id: number;
  /** Absent where the upstream's resources have ids only. */
  readonly name?: string;
  toDocument(): object;
}

/** Endpoint name → its resources in the order in which lists give them. */
export type Catalogue = ReadonlyMap<string, readonly CatalogueEntry[]>;

/** `charizardBytes` is the least size of the JSON of charizard; below its own size it changes nothing. */
export function createCatalogue(apiUrl: string, charizardBytes = 0): Catalogue {
  const link = linkTo(apiUrl);
  const pokemon = KNOWN_POKEMON.map((known) => ({
    id: known.id,
    name: known.name,
    toDocument: () => pokemonDocument(link, apiUrl, known, known.name === 'charizard' ? charizardBytes : 0),
  }));
  const species = KNOWN_SPECIES.map((known) => ({
    id: known.id,
    name: known.name,
    toDocument: () => speciesDocument(link, apiUrl, known),
  }));
  const chains = [...KNOWN_CHAINS.keys()].map((id) => ({ id, toDocument: () => evolutionChainDocument(link, id) }));
  return new Map<string, readonly CatalogueEntry[]>([
    ['pokemon', pokemon],
    ['pokemon-species', species],
    ['evolution-chain', chains],
  ]);
}
