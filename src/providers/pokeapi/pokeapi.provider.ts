import { defineProvider } from '../../outbound/index.ts';

/** https://pokeapi.co: free, no key, read only. Its fair-use rules ask callers to keep what they fetched. */
export const pokeApi = defineProvider('pokeapi', {
  baseUrl: 'https://pokeapi.co/api/v2',
  attemptTimeoutMs: 3_000,
});
