import type { User } from '../authorization/users.ts';
import { showStep, type Step } from './curl.ts';

const STEPS: readonly Step[] = [
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
  { title: 'How the external services are doing (for operators)', path: '/health/providers' },
  { title: 'The documentation for machines', path: '/docs/openapi.json' },
];

const PROTECTED = '/api/v1/me';

const protectedSteps = (token: string): readonly Step[] => [
  { title: 'A protected route, without a token: a problem, status 401', path: PROTECTED },
  { title: 'With a token, good for a day: whom it stands for', path: PROTECTED, token },
];

/** Calls everything worth seeing, one after the other, and prints each command with its answer. */
export const showAround = async (origin: string, token: string, signal: AbortSignal): Promise<void> => {
  for (const step of [...STEPS, ...protectedSteps(token)]) console.log(await showStep(origin, step, signal));
};

/** Where to go with a browser, and what to type there. */
export const describeLogin = (origin: string, { login, password }: User): string =>
  `# The same in a browser, with a session: log in as ${login} with the password ${password}\n` +
  `${origin}/auth/login?returnTo=${PROTECTED}\n`;
