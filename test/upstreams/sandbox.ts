import { once } from 'node:events';
import { startPokeApi, type PokeApiStandIn } from './pokeapi.stand-in.ts';
import { startAppProcess, type AppProcess } from './sandbox/app-process.ts';
import { showAround } from './sandbox/tour.ts';

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Exit status: 0 when told to stop, 1 when the application ended by itself. */
type Status = 0 | 1;

interface Sandbox {
  readonly pokeApi: PokeApiStandIn;
  readonly app: AppProcess;
}

/** The built application against stand-ins on this machine, until Ctrl-C. */
const run = async (): Promise<Status> => {
  const told = untilTold();
  const pokeApi = await startPokeApi();
  const app = startAppProcess({ ...onThisMachine(), POKEAPI_URL: pokeApi.url });
  const ended = Promise.race([told, app.exited.then((): Status => 1)]);
  const tour = new AbortController();
  try {
    await Promise.race([ended, introduce({ pokeApi, app }, tour.signal)]);
    return await ended;
  } finally {
    tour.abort();
    await app.stop();
    await pokeApi.close();
  }
};

/** Handlers stay: npm and the terminal may both pass on the same Ctrl-C. */
const untilTold = async (): Promise<Status> => {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
  await Promise.race(SIGNALS.map((signal) => once(process, signal)));
  return 0;
};

/** An empty OPS_TOKEN outweighs one in `.env`: whoever calls from this machine is an operator of the sandbox. */
const onThisMachine = (): NodeJS.ProcessEnv => ({
  LOG_LEVEL: 'warn',
  ...process.env,
  HOST: '127.0.0.1',
  PORT: process.env['PORT'] || '3000',
  OPS_TOKEN: '',
});

const introduce = async ({ pokeApi, app }: Sandbox, signal: AbortSignal): Promise<void> => {
  const url = await app.ready;
  console.log(`Breakwater listens at ${url} (process ${app.pid}); behind it, PokeAPI is a stand-in at ${pokeApi.url}.`);
  console.log('Paste any of these lines into another terminal; below each is what it answers.\n');
  await showAround(url, signal);
  console.log(`Documentation to click through: ${url}/docs`);
  console.log('Ctrl-C stops all of it.');
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
