import { defineProvider } from '../../outbound/index.ts';

const HOUR_MS = 3_600_000;

/** It says `s-maxage`, a day, and nothing of afterwards; Pokémon hardly ever change. */
const cache = { staleWhileRevalidateMs: HOUR_MS, staleIfErrorMs: 24 * HOUR_MS };

/** https://pokeapi.co: free, no key, read only. Its fair-use rules ask callers to keep what they fetched. */
export const pokeApi = defineProvider('pokeapi', {
  baseUrl: 'https://pokeapi.co/api/v2',
  attemptTimeoutMs: 3_000,
  operations: {
    getPokemon: { cache },
    listPokemon: { cache },
    getSpecies: { cache },
    getEvolutionChain: { cache },
  },
});
