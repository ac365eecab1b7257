import type { NameAndId } from './name-and-id.ts';

const LAST_SPECIES_IDS = [151, 251, 386, 493, 649, 721, 809, 905];
const NUMERALS = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];

/** The generation of games in which a species first appeared. */
export function generationOf(speciesId: number): NameAndId {
  const index = LAST_SPECIES_IDS.findIndex((lastId) => speciesId <= lastId);
  return generation(index < 0 ? NUMERALS.length : index + 1);
}

/** `number` counts from 1. */
export function generation(number: number): NameAndId {
  return { name: `generation-${NUMERALS[number - 1]}`, id: number };
}
