import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How long a sandbox may take to show everything, on a busy machine. */
export const SANDBOX_TIMEOUT_MS = 60_000;

export interface RunningSandbox {
  readonly child: ChildProcess;
  /** stdout and stderr so far. */
  readonly output: () => string;
  /** Exit status and signal. */
  readonly exited: Promise<unknown[]>;
  /** Resolves once everything has been shown; rejects when it ended before that. */
  readonly shown: Promise<void>;
}

/** As `npm run sandbox` does after the build, which `npm test` has done as well. Port 0 is any free one. */
export const startSandbox = (port: number, variables: NodeJS.ProcessEnv = {}): RunningSandbox => {
  const { NODE_ENV: _env, NODE_OPTIONS: _options, CMS_KIND: _kind, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, '../sandbox.ts')], {
    env: { ...env, ...variables, PORT: `${port}` },
  });
  let output = '';
  const exited = once(child, 'close');
  const shown = new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Ctrl-C stops all of it')) resolve();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', () => reject(new Error(`the sandbox ended: ${output}`)));
  });
  // Not everybody waits for it.
  shown.catch(() => undefined);
  return { child, output: () => output, exited, shown };
};

export const stopSandbox = async (sandbox: RunningSandbox | undefined): Promise<void> => {
  sandbox?.child.kill();
  await sandbox?.exited;
};
