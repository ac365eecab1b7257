import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { eventually } from './eventually.ts';

/** What `npm start` runs. `npm test` builds it before the first test; run `npm run build` before running tests one by one. */
const MAIN = join(import.meta.dirname, '../../dist/main.js');

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The application as a process of its own, for what signals and exits do. */
export interface SpawnedApp {
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  readonly logLines: () => Record<string, unknown>[];
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the address once it takes requests. */
  ready(): Promise<string>;
  /** Resolves once a line with that message was logged. */
  logged(message: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends it whatever it is doing; for `afterEach`. */
  kill(): Promise<void>;
}

export interface SpawnOptions {
  /** All the environment it gets, beside a free port. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its `.env` would be. Default: a place without one. */
  readonly cwd?: string;
}

export const spawnApp = ({ env = {}, cwd = tmpdir() }: SpawnOptions = {}): SpawnedApp => {
  const child = spawn(process.execPath, [MAIN], { cwd, env: { PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const exited = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }));
  const logLines = (): Record<string, unknown>[] =>
    stdout()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const find = (message: string) => logLines().find(({ msg }) => String(msg).startsWith(message));
  const logged = (message: string): Promise<void> =>
    eventually(() => expect(find(message) ?? stderr()).toBeInstanceOf(Object), 30_000);
  return {
    exited,
    hasExited: () => !isRunning(child),
    logLines,
    stdout,
    stderr,
    logged,
    ready: async () => {
      await logged('Ready');
      return String(find('Ready')!['url']);
    },
    signal: (name) => void child.kill(name),
    kill: async () => {
      if (isRunning(child)) child.kill('SIGKILL');
      await exited;
    },
  };
};

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
};
