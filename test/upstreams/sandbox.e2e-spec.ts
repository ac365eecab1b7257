import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { listenLocally } from './stand-in.ts';

const TIMEOUT_MS = 30_000;

interface Running {
  readonly child: ChildProcess;
  /** stdout and stderr so far. */
  readonly output: () => string;
  readonly exited: Promise<unknown[]>;
}

/** As `npm run sandbox` does after the build, which `npm test` has done as well. */
const start = (port: number): Running => {
  const { NODE_ENV: _env, NODE_OPTIONS: _options, ...env } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sandbox.ts')], {
    env: { ...env, PORT: `${port}` },
  });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return { child, output: () => output, exited: once(child, 'close') };
};

const untilShown = ({ output }: Running): Promise<void> =>
  eventually(() => expect(output()).toContain('Ctrl-C stops all of it'), TIMEOUT_MS);

const appOf = ({ output }: Running): number => Number(/\(process (\d+)\)/.exec(output())?.[1]);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let sandbox: Running | undefined;
afterEach(async () => {
  sandbox?.child.kill();
  await sandbox?.exited;
  sandbox = undefined;
});

describe('the sandbox, on a free port', () => {
  let running: Running;

  beforeEach(async () => {
    sandbox = running = start(0);
    await untilShown(running);
  }, TIMEOUT_MS);

  it('shows commands, each with what it answers', () => {
    const shown = [...running.output().matchAll(/^curl -si? '(\S+)'\n {2}(.+)$/gm)];
    const answers = new Map(shown.map(([, url = '', answer = '']) => [new URL(url).pathname, answer]));
    expect(shown.length).toBeGreaterThanOrEqual(9);
    expect(answers.get('/api/v1/getCharizard')).toMatch(/^{"id":6,"name":"charizard",/);
    expect(answers.get('/api/v1/pokemon/charizard/profile')).toMatch(/"missing":\[\]}$/);
    expect(answers.get('/api/v1/pokemon/missingno')).toMatch(/"status":404/);
    expect(running.output()).toMatch(/limit=1000'\n.*"status":400/);
    expect(answers.get('/api/v1/pokemon/6')).toBe('HTTP/1.1 200 OK');
    expect(answers.get('/health/providers')).toMatch(/^{"providers":\[{"name":"authorization"/);
    expect(answers.get('/docs/openapi.json')).toMatch(/ … \([\d,]+ more characters\)$/);
  });

  it('shows a protected route without a token, with one, and where to log in', () => {
    const [, refused, token, url, answer] =
      /^curl -s '.*\/me'\n(.*)\n\n#.*\nTOKEN=([\w-]+)\ncurl -s -H "Authorization: Bearer \$TOKEN" '(.*)'\n(.*)$/m.exec(
        running.output(),
      ) ?? [];
    expect(refused).toMatch(/"status":401,.*"code":"unauthorized"/);
    expect(token).toBeDefined();
    expect(answer).toMatch(/"robot"/);
    expect(running.output()).toMatch(
      /log in as ash with the password (\S+)\nhttp:\/\/127\.0\.0\.1:\d+\/auth\/login\?returnTo=\/api\/v1\/me\n/,
    );
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/me$/);
  });

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
      sandbox = start(taken.port);
      expect(await sandbox.exited).toEqual([1, null]);
      expect(sandbox.output()).toContain(`127.0.0.1:${taken.port} is taken`);
      await taken.close();
    },
    TIMEOUT_MS,
  );
});
