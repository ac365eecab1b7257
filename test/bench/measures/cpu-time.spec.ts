import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readCpuMs } from '../../../bench/measures/cpu-time.ts';

const isTold = existsSync(`/proc/self/task/${process.pid}/children`);

/** Two processes, of which only the inner one works: 200 ms of processor time, then it says so and both wait to be ended. */
const inner = `
  while (process.cpuUsage().user < 200_000);
  process.stdout.write('done');
  process.stdin.resume();`;
const outer = `require('node:child_process').spawn(process.execPath, ['-e', process.argv[1]], { stdio: 'inherit' })`;

describe('the time of the processors', () => {
  (isTold ? it : it.skip)('that a process took includes that of the processes it started', async () => {
    const child = spawn(process.execPath, ['-e', outer, inner], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      expect(await readCpuMs(child.pid)).toBeGreaterThanOrEqual(200);
    } finally {
      child.stdin.end();
      await once(child, 'close');
    }
  });

  it('is not told of a process that is not there', async () => {
    expect(await readCpuMs(undefined)).toBeUndefined();
    expect(await readCpuMs(0)).toBeUndefined();
  });
});
