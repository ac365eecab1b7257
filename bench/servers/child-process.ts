import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { within } from './within.ts';

export interface Child {
  name: string;
  pid: number | undefined;
  /** Settles once the process is gone, its output is complete and what it leaves is removed, however it ended. */
  exited: Promise<void>;
  hasExited: () => boolean;
  /** The last few kilobytes of stdout and stderr. */
  output: () => string;
  stop: () => Promise<void>;
}

const projectRoot = join(import.meta.dirname, '../..');
const outputLimit = 8_192;
const graceMs = 2_000;
const running = new Set<Child>();
let acceptingChildren = true;

// Nothing else is inherited: a proxy, NODE_OPTIONS or a REDIS_URL of the caller's shell would change the figures.
const inheritedEnv: NodeJS.ProcessEnv = { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] };

const collectOutput = (handle: ChildProcess): (() => string) => {
  let tail = '';
  const collect = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-outputLimit);
  };
  handle.stdout?.on('data', collect);
  handle.stderr?.on('data', collect);
  handle.once('error', (error) => {
    collect(Buffer.from(error.message));
  });
  return () => tail.trim();
};

const stop = async (name: string, handle: ChildProcess, exited: Promise<void>): Promise<void> => {
  handle.kill('SIGTERM');
  try {
    await within(graceMs, `stopping ${name}`, exited);
  } catch {
    handle.kill('SIGKILL');
    await within(graceMs, `killing ${name}`, exited);
  }
};

const untilGone = (handle: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      resolve();
    };
    handle.once('close', settle);
    // A command that cannot be started.
    handle.once('error', settle);
  });

const toChild = (name: string, handle: ChildProcess, exited: Promise<void>): Child => ({
  name,
  pid: handle.pid,
  exited,
  hasExited: () => handle.pid === undefined || handle.exitCode !== null || handle.signalCode !== null,
  output: collectOutput(handle),
  stop: () => stop(name, handle, exited),
});

export interface Launch {
  /** Apart from PATH it sees no other environment. Default: none. */
  env?: Record<string, string>;
  /** Where its stdout goes, which is then not part of `output`. */
  stdoutFile?: string | undefined;
  /** Removes what is left once it has ended. */
  cleanUp?: () => Promise<void>;
}

/** Starts `command` in the project's folder. */
export const startChild = (
  name: string,
  command: string,
  args: readonly string[],
  { env = {}, stdoutFile, cleanUp = () => Promise.resolve() }: Launch = {},
): Child => {
  if (!acceptingChildren) throw new Error(`${name} not started: the run is being stopped`);
  const stdout = stdoutFile === undefined ? undefined : openSync(stdoutFile, 'a');
  const stdio = ['ignore' as const, stdout ?? ('pipe' as const), 'pipe' as const];
  const handle = spawn(command, args, { cwd: projectRoot, env: { ...inheritedEnv, ...env }, stdio });
  if (stdout !== undefined) closeSync(stdout);
  const child = toChild(name, handle, untilGone(handle).then(cleanUp));
  running.add(child);
  void child.exited.then(() => running.delete(child));
  return child;
};

/** From now on no process is started. */
export const refuseChildren = (): void => {
  acceptingChildren = false;
};

/** Ends every process started here. */
export const stopEveryChild = async (): Promise<void> => {
  await Promise.allSettled([...running].map((child) => child.stop()));
};
