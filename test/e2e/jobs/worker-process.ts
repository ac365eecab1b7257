import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Exit } from '../../support/spawn-app.ts';

/** What `npm run worker` runs, once it is built. */
const WORKER = join(import.meta.dirname, '../../../dist/worker.js');

/** A worker as a process of its own. */
export interface WorkerProcess {
  readonly exited: Promise<Exit>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with what it says to its parent once it works. */
  ready(): Promise<unknown>;
  signal(name: NodeJS.Signals): void;
  /** Ends it whatever it is doing; for `afterEach`. */
  kill(): Promise<void>;
}

export const spawnWorker = (env: Readonly<Record<string, string>> = {}): WorkerProcess => {
  const child = spawn(process.execPath, [WORKER], { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const [stdout, stderr] = [collect(child.stdout!), collect(child.stderr!)];
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }));
  const said = once(child, 'message').then(([message]: unknown[]) => message);
  said.catch(() => undefined);
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  };
  return { exited, stdout, stderr, ready: () => said, signal: (name) => void child.kill(name), kill };
};

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
};
