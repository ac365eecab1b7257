import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_TIMEOUT_MS, startSandbox, stopSandbox, type RunningSandbox } from './sandbox/start-sandbox.ts';
import { listenLocally } from './stand-in.ts';

const appOf = ({ output }: RunningSandbox): number => Number(/\(process (\d+)\)/.exec(output())?.[1]);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let sandbox: RunningSandbox | undefined;
afterEach(async () => {
  await stopSandbox(sandbox);
  sandbox = undefined;
});

describe('the sandbox, on a free port', () => {
  let running: RunningSandbox;

  beforeEach(async () => {
    sandbox = running = startSandbox(0);
    await running.shown;
  }, SANDBOX_TIMEOUT_MS);

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with status 0 at %s, and the application with it', async (signal) => {
    const pid = appOf(running);
    expect(isAlive(pid)).toBe(true);
    running.child.kill(signal);
    expect(await running.exited).toEqual([0, null]);
    expect(isAlive(pid)).toBe(false);
  });

  it('ends with status 1 when the application does', async () => {
    process.kill(appOf(running), 'SIGKILL');
    expect(await running.exited).toEqual([1, null]);
  });
});

describe('the sandbox, on a port that is taken', () => {
  it(
    'passes on what the application says, and ends with status 1',
    async () => {
      const taken = await listenLocally(createServer());
      sandbox = startSandbox(taken.port);
      expect(await sandbox.exited).toEqual([1, null]);
      expect(sandbox.output()).toContain(`127.0.0.1:${taken.port} is taken`);
      await taken.close();
    },
    SANDBOX_TIMEOUT_MS,
  );
});

describe('the sandbox, with a kind of CMS that there is not', () => {
  it(
    'passes on what the application says, and ends with status 1',
    async () => {
      sandbox = startSandbox(0, { CMS_KIND: 'typewriter' });
      expect(await sandbox.exited).toEqual([1, null]);
      expect(sandbox.output()).toMatch(/CMS_KIND.*typewriter/);
    },
    SANDBOX_TIMEOUT_MS,
  );
});
