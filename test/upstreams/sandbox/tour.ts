import type { User } from '../authorization/users.ts';
import { articleSteps } from './article-steps.ts';
import { callSteps } from './call-steps.ts';
import { ciSteps } from './ci-steps.ts';
import { showStep } from './curl.ts';
import { gatewaySteps } from './gateway-steps.ts';
import { POKEMON_STEPS } from './pokemon-steps.ts';
import { bearer, type Step } from './step.ts';
import type { Upstreams } from './upstreams.ts';

const OPERATIONS: readonly Step[] = [
  { title: 'Which external service does badly, since when and why (for operators)', path: '/health/providers' },
  { title: 'The same in numbers, for Prometheus (for operators)', path: '/metrics', firstLines: 3 },
  { title: 'Whether this instance takes requests', path: '/health/ready' },
  { title: 'The documentation for machines', path: '/docs/openapi.json' },
];

const PROTECTED = '/api/v1/me';

const protectedSteps = (token: string): readonly Step[] => [
  { title: 'A protected route, without a token: a problem, status 401', path: PROTECTED },
  { title: 'With a token, good for a day: whom it stands for', path: PROTECTED, headers: bearer(token) },
];

/** `token` may do everything that is shown. */
export const stepsFor = ({ cms, semaphore, origins: [receiver] }: Upstreams, token: string): readonly Step[] => [
  ...POKEMON_STEPS,
  ...articleSteps(cms),
  ...protectedSteps(token),
  ...ciSteps(semaphore.samples, token),
  ...callSteps(semaphore.samples, receiver.url, token),
  ...gatewaySteps(token),
  ...OPERATIONS,
];

/** Calls everything worth seeing, one after the other, and prints each command with its answer. */
export const showAround = async (origin: string, steps: readonly Step[], signal: AbortSignal): Promise<void> => {
  for (const step of steps) console.log(await showStep(origin, step, signal));
};

/** What does not end by itself is not shown, but told of. */
export const describeLive = (origin: string): string =>
  `# Live: a page that stays up to date, and the events behind it\n${origin}/live\n` +
  `curl -N '${origin}/api/v1/events/articles'\n`;

/** For operators: who calls from this machine is one in the sandbox. */
export const describeConsole = (origin: string): string =>
  `# Live, for operators: each external service, what was done about its troubles, and the calls behind it\n${origin}/console\n`;

/** Where to go with a browser, and what to type there. */
export const describeLogin = (origin: string, { login, password }: User): string =>
  `# The same in a browser, with a session: log in as ${login} with the password ${password}\n` +
  `${origin}/auth/login?returnTo=${PROTECTED}\n`;
