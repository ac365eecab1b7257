import { once } from 'node:events';
import { startAppProcess, type AppProcess } from './sandbox/app-process.ts';
import { choosePort } from './sandbox/choose-port.ts';
import { allowRedirects, environmentFor } from './sandbox/environment.ts';
import { writeRoutes, type RoutesFile } from './sandbox/routes-file.ts';
import { describeConsole, describeLive, describeLogin, showAround, stepsFor } from './sandbox/tour.ts';
import { closeUpstreams, describeUpstreams, startUpstreams, type Upstreams } from './sandbox/upstreams.ts';

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const A_DAY_SECONDS = 86_400;

/** Exit status: 0 when told to stop, 1 when the application ended by itself. */
type Status = 0 | 1;

interface Sandbox {
  readonly upstreams: Upstreams;
  readonly app: AppProcess;
  readonly routes: RoutesFile;
}

/** The built application against stand-ins on this machine, until Ctrl-C. */
const run = async (): Promise<Status> => {
  const told = untilTold();
  const port = await choosePort(process.env['PORT']);
  const upstreams = await startUpstreams();
  allowRedirects(upstreams, port);
  const routes = await writeRoutes(upstreams);
  const app = startAppProcess(environmentFor(upstreams, { port, routes: routes.path }));
  const ended = Promise.race([told, app.exited.then((): Status => 1)]);
  const tour = new AbortController();
  try {
    await Promise.race([ended, introduce({ upstreams, app, routes }, tour.signal)]);
    return await ended;
  } finally {
    tour.abort();
    await app.stop();
    await closeUpstreams(upstreams);
    await routes.remove();
  }
};

/** Handlers stay: npm and the terminal may both pass on the same Ctrl-C. */
const untilTold = async (): Promise<Status> => {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
  await Promise.race(SIGNALS.map((signal) => once(process, signal)));
  return 0;
};

const introduce = async ({ upstreams, app, routes }: Sandbox, signal: AbortSignal): Promise<void> => {
  const url = await app.ready;
  console.log(`Breakwater listens at ${url} (process ${app.pid}). Behind it are stand-ins:`);
  console.log(describeUpstreams(upstreams));
  console.log('Paste any of these lines into another terminal; below each is what it answers.\n');
  // An opaque one fits on a line.
  const wanted = {
    scope: 'pokemon:read ci:read ci:write webhooks:write',
    opaque: true,
    lifetimeSeconds: A_DAY_SECONDS,
  };
  const token = await upstreams.authorization.mintToken(wanted);
  await showAround(url, stepsFor(upstreams, token), signal);
  console.log(describeLive(url));
  console.log(describeConsole(url));
  console.log(describeLogin(url, upstreams.authorization.user));
  console.log(`The routes of the gateway are in ${routes.path}: change the file, and they change.`);
  console.log(`Documentation to click through: ${url}/docs`);
  console.log('Ctrl-C stops all of it.');
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
