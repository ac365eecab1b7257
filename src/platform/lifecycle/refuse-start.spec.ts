import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { rejectionOf } from '../../../test/support/rejection-of.ts';

const run = promisify(execFile);
const ROOT = new URL('../../../', import.meta.url);

/** What a process says on stderr, and its exit status, that refuses to start over `thrown`. */
const refuse = async (thrown: string): Promise<unknown> => {
  const script = `import { refuseStart } from './src/platform/lifecycle/refuse-start.ts'; refuseStart(${thrown});`;
  const flags = ['--no-warnings', '--experimental-transform-types', '--input-type=module'];
  return rejectionOf(run(process.execPath, [...flags, '-e', script], { cwd: ROOT }));
};

describe('refuseStart', () => {
  it('names the variable of a port that is taken', async () => {
    const taken = `Object.assign(new Error('listen'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 })`;
    const stderr = 'PORT=3000: 127.0.0.1:3000 is taken; stop what listens there or choose another PORT.\n';
    expect(await refuse(taken)).toMatchObject({ code: 1, stderr });
  });

  it('shows the stack of what only a developer can mend', async () => {
    const stderr: unknown = expect.stringMatching(/^TypeError: a bug\n +at /);
    expect(await refuse(`new TypeError('a bug')`)).toMatchObject({ code: 1, stderr });
  });
});
