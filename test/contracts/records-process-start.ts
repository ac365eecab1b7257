import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';

const SCRIPT = join(import.meta.dirname, 'records-process.ts');
/** A busy machine opens the store in many seconds. */
const PATIENCE_MS = 60_000;

export interface RecordsProcess {
  /** Resolves once it has written so many lines. */
  wrote(lines: number): Promise<void>;
  /** kill -9; resolves with all lines that it has written, when it is gone. */
  kill(): Promise<string[]>;
  stderr(): string;
}

/** Runs `records-process.ts` on a directory; kill it in the end. */
export const startRecordsProcess = (task: 'lock' | 'write', dataDir: string): RecordsProcess => {
  const flags = ['--experimental-transform-types', SCRIPT, task, dataDir];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // What follows the last line break was cut off by its end.
  const lines = (): string[] => stdout.split('\n').slice(0, -1);
  return {
    wrote: (count) =>
      eventually(() => {
        if (lines().length < count) throw new Error(`It wrote ${lines().length} lines: ${stderr}`);
      }, PATIENCE_MS),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      return lines();
    },
    stderr: () => stderr,
  };
};
