import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, type Child } from './child-process.ts';
import { httpGet } from './http-get.ts';
import type { Preparation, Program, Subject, Upstream, UpstreamPlace } from './program.ts';

/** A program that is running and ready, on a loopback port of its own. */
export interface Server {
  child: Child;
  origin: string;
  /** From spawn to the first 200. */
  startToReadyMs: number;
}

const readyTimeoutMs = 60_000;
const pollIntervalMs = 5;

/** Of loopback. */
export const findFreePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

const isReady = (url: string): Promise<boolean> =>
  httpGet(url).then(
    (answer) => answer.status === 200,
    () => false,
  );

const untilReady = async (child: Child, url: string): Promise<void> => {
  const giveUpAtMs = performance.now() + readyTimeoutMs;
  while (!(await isReady(url))) {
    if (child.hasExited()) throw new Error(`${child.name} exited before it was ready:\n${child.output()}`);
    if (performance.now() > giveUpAtMs) {
      throw new Error(`${child.name}: no 200 from ${url} within ${readyTimeoutMs} ms:\n${child.output()}`);
    }
    await delay(pollIntervalMs);
  }
};

const launch = async (
  program: Program,
  port: number,
  { args = [], env = {}, stdoutFile, cleanUp }: Preparation,
): Promise<Server> => {
  const [command, ...ownArgs] = program.command;
  const wholeEnv = { ...program.env, ...env, NODE_ENV: 'production', PORT: String(port) };
  const startedAtMs = performance.now();
  const child = startChild(program.name, command, [...ownArgs, ...args], {
    env: wholeEnv,
    stdoutFile,
    ...(cleanUp && { cleanUp }),
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(child, origin + program.readyPath);
  return { child, origin, startToReadyMs: performance.now() - startedAtMs };
};

/** In a folder of its own, which is there as long as the server. */
const prepare = async (
  port: number,
  write: ((place: UpstreamPlace) => Promise<Preparation>) | undefined,
): Promise<Preparation> => {
  if (write === undefined) return {};
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const { cleanUp: end, ...preparation } = await write({ folder, port });
  const cleanUp = async (): Promise<void> => {
    await end?.();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...preparation, cleanUp };
};

/** Starts the program and waits until it is ready. */
export const startServer = async (program: Upstream): Promise<Server> => {
  const port = await findFreePort();
  return launch(program, port, await prepare(port, program.prepare));
};

/** Starts the subject with `upstream` to call. */
export const startSubject = async (
  subject: Subject,
  upstream: Server,
  extraEnv: Record<string, string> = {},
): Promise<Server> => {
  const port = await findFreePort();
  const write = subject.prepare;
  const upstreamOrigin = upstream.origin;
  const { env, ...extras } = await prepare(port, write && ((place) => write({ ...place, upstreamOrigin })));
  return launch(subject, port, { ...extras, env: { ...extraEnv, ...env, POKEAPI_URL: `${upstream.origin}/api/v2` } });
};
