import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { describe, it } from '@jest/globals';

/** A real Redis of one test's own; it keeps nothing on disk. */
export interface TestRedis {
  /** For REDIS_URL. */
  readonly url: string;
  /** It is gone at once, and so is all that it held. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  pause(): void;
  resume(): void;
  /** An empty one, at the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const ATTEMPTS = 20;
const isInstalled = spawnSync('redis-server', ['--version']).error === undefined;

/**
 * `describe`, for tests that need the program `redis-server`: without it they are skipped and say what to do, but under
 * CI they fail.
 */
export const describeWithRedis = (name: string, tests: () => void): void => {
  if (isInstalled) return describe(name, tests);
  const remedy = 'needs redis-server: apt-get install redis-server';
  if (process.env['CI'] !== 'true') return describe.skip(`${name} (${remedy})`, tests);
  describe(name, () => {
    it(remedy, () => {
      throw new Error(`${name}: ${remedy}`);
    });
  });
};

/** Starts one on a free port; stop it when done, nobody else does. @param flags more of its own, such as `['--requirepass', 'hunter2']` */
export const startRedis = async (flags: readonly string[] = []): Promise<TestRedis> => {
  for (let attempt = 1; ; attempt += 1) {
    // Below what systems hand out by themselves; one that is taken ends the server at once.
    const port = randomInt(10_000, 32_000);
    try {
      return toTestRedis(port, flags, await launch(port, flags));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
};

const toTestRedis = (port: number, flags: readonly string[], first: ChildProcess): TestRedis => {
  let server = first;
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    // Works on one that is paused, too.
    server.kill('SIGKILL');
    await exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    restart: async () => {
      await kill();
      server = await launch(port, flags);
    },
    stop: kill,
  };
};

/** @throws Error with its last words when it ends before it takes connections */
const launch = async (port: number, flags: readonly string[]): Promise<ChildProcess> => {
  const own = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn('redis-server', [...own, ...flags], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  server.stdout.setEncoding('utf8');
  for await (const text of server.stdout.iterator({ destroyOnReturn: false })) {
    said += String(text);
    if (!said.includes('Ready to accept connections')) continue;
    server.stdout.resume();
    return server;
  }
  throw new Error(`redis-server did not start on port ${port}: ${said}`);
};
