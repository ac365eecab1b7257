import { defineProvider } from '../../../../src/outbound/index.ts';

/** A service that answers remote procedure calls, all of them by POST to one place. */
export const pokeApi = defineProvider('pokeapi', {
  operations: { ask: { method: 'POST', idempotent: true } },
});
