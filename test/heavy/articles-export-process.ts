import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm start` runs; `npm run build` makes it. */
const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** The application as a process of its own, whose memory is its own. */
export interface MeasuredProcess {
  readonly url: string;
  /** Bytes resident now. */
  residentBytes(): number;
  /** Forgets the peak so far. */
  forgetPeak(): void;
  /** The most bytes that were resident since then. */
  peakBytes(): number;
  stop(): Promise<void>;
}

/** Linux alone tells the peak of another process. */
export const startMeasuredProcess = async (env: Readonly<Record<string, string>>): Promise<MeasuredProcess> => {
  const child = fork(MAIN, {
    cwd: tmpdir(),
    env: { PORT: '0', ...env },
    execArgv: ['--enable-source-maps'],
    silent: true,
  });
  child.stdout?.resume();
  const [{ ready: url }] = (await once(child, 'message')) as [{ ready: string }];
  // It gives back what only starting needed, and then answers.
  await fetch(`${url}/health/live`);
  const proc = `/proc/${child.pid}`;
  const read = (name: string): number => {
    const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`${proc}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1_024;
  };
  return {
    url,
    residentBytes: () => read('VmRSS'),
    forgetPeak: () => writeFileSync(`${proc}/clear_refs`, '5'),
    peakBytes: () => read('VmHWM'),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
};
