import type { Step } from './step.ts';

export const POKEMON_STEPS: readonly Step[] = [
  { title: 'Charizard: the upstream sends 300 KB, callers get five fields', path: '/api/v1/getCharizard' },
  { title: 'All Pokémon, page by page', path: '/api/v1/pokemon?limit=3&offset=3' },
  { title: 'One by name, in any case, or by id', path: '/api/v1/pokemon/Pikachu' },
  { title: 'With species and evolution, fetched concurrently', path: '/api/v1/pokemon/charizard/profile' },
  { title: 'One that does not exist: a problem, status 404', path: '/api/v1/pokemon/missingno' },
  {
    title: 'Input that makes no sense: a problem that names the field, status 400',
    path: '/api/v1/pokemon?limit=1000',
  },
  { title: 'The headers of an answer', path: '/api/v1/pokemon/6', withHeaders: true },
  { title: 'Asked again: from the cache, with the time it stays fresh', path: '/api/v1/pokemon/6', withHeaders: true },
];
