import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../../..');

/** Longer than anything a sandbox has in flight; after that the process is ended by force. */
const GRACE_MS = 5_000;

export interface AppProcess {
  readonly pid: number | undefined;
  /** Where it listens, as soon as it does; pending for ever when it never comes to that. */
  readonly ready: Promise<string>;
  /** Resolves once the process is gone, however it ended. */
  readonly exited: Promise<void>;
  /** Ends the process, if it is still there, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts the built application with this environment; what it writes appears in our own output. */
export const startAppProcess = (env: NodeJS.ProcessEnv): AppProcess => {
  const args = ['--enable-source-maps', join(PROJECT, 'dist/main.js')];
  const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ready = once(child, 'message').then(([message]) => (message as { ready: string }).ready);
  const exited = once(child, 'exit').then(() => undefined);
  process.once('exit', () => child.kill('SIGKILL'));
  return { pid: child.pid, ready, exited, stop: () => stop(child, exited) };
};

/** Ctrl-C in a terminal has reached the child already: to it the second signal means "at once", which is as good. */
const stop = async (child: ChildProcess, exited: Promise<void>): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await exited;
  clearTimeout(force);
};
