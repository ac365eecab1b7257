import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_TIMEOUT_MS, startSandbox, stopSandbox, type RunningSandbox } from './start-sandbox.ts';

const itWithCurl = spawnSync('curl', ['--version']).error === undefined ? it : it.skip;

describe.each(['contract', 'strapi'])('what the sandbox shows, with a CMS of kind %s', (kind) => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = startSandbox(0, kind === 'contract' ? {} : { CMS_KIND: kind });
    await sandbox.shown;
  }, SANDBOX_TIMEOUT_MS);
  afterAll(() => stopSandbox(sandbox), SANDBOX_TIMEOUT_MS);

  /** Each command with the first line of what is printed below it. */
  const shown = (): { readonly line: string; readonly answer: string }[] =>
    [...sandbox.output().matchAll(/^(curl .+)\n {2}(.+)$/gm)].map(([, line = '', answer = '']) => ({ line, answer }));

  /** What is printed below the first command for that path. */
  const answerTo = (path: string): string | undefined => shown().find(({ line }) => line.includes(`${path}'`))?.answer;

  it('are Pokémon, the providers and the documentation', () => {
    expect(answerTo('/api/v1/getCharizard')).toMatch(/^{"id":6,"name":"charizard",/);
    expect(answerTo('/api/v1/pokemon/charizard/profile')).toMatch(/"missing":\[\]}$/);
    expect(answerTo('/api/v1/pokemon/missingno')).toMatch(/"status":404/);
    expect(answerTo('/api/v1/pokemon?limit=1000')).toMatch(/"status":400/);
    expect(answerTo('/api/v1/pokemon/6')).toBe('HTTP/1.1 200 OK');
    expect(answerTo('/health/providers')).toMatch(/^{"providers":\[{"name":"authorization"/);
    expect(answerTo('/health/ready')).toMatch(/^{"status":"ok","checks":{/);
    expect(sandbox.output()).toMatch(/\/metrics' \| head -n 3\n {2}# HELP target_info/);
    expect(sandbox.output()).toMatch(/\nhttp:\/\/127\.0\.0\.1:\d+\/console\n/);
    expect(answerTo('/docs/openapi.json')).toMatch(/ … \([\d,]+ more characters\)$/);
  });

  it('are articles, and what a CMS posts when one changed', () => {
    expect(sandbox.output()).toContain(`a CMS (CMS_KIND=${kind}) at http://127.0.0.1:`);
    expect(answerTo('/api/v1/articles?limit=2')).toMatch(/^{"items":\[{"slug":"how-a-breakwater-works",/);
    expect(answerTo('/api/v1/articles/how-a-breakwater-works')).toMatch(/"body":"How a breakwater works: /);
    expect(sandbox.output()).toMatch(/articles\/export' \| head -n 2\n {2}{"slug":.*}\n {2}{"slug":.*}\n\n/);
    expect(answerTo('/api/v1/webhooks/cms')).toBe('HTTP/1.1 204 No Content');
  });

  it('are workflows of a CI, and one that is started', () => {
    expect(answerTo('/api/v1/ci/projects')).toMatch(/^{"items":\[{"id":/);
    expect(sandbox.output()).toMatch(/ci\/workflows\?projectId=[-\w]+&limit=2'\n {2}{"items":\[{"id":/);
    expect(sandbox.output()).toMatch(/ci\/pipelines\/[-\w]+'\n {2}{"id":/);
    expect(sandbox.output()).toMatch(/-H 'Idempotency-Key: \S+' 'http:.*\/rerun'\n {2}HTTP\/1\.1 202 Accepted\n/);
    expect(sandbox.output()).toMatch(/-H 'Accept: text\/plain' 'http:.*\/logs'\n {2}[^{]/);
  });

  it('are calls in the background, and a webhook', () => {
    const { output } = sandbox;
    expect(output()).toMatch(/-H 'Prefer: respond-async' 'http:.*\/rerun'\n {2}HTTP\/1\.1 202 Accepted\n/);
    expect(output()).toMatch(/\n {2}location: \/api\/v1\/calls\/[-\w]{36}\n/);
    expect(answerTo('/api/v1/calls')).toBe('HTTP/1.1 202 Accepted');
    expect(answerTo('/api/v1/calls?limit=2')).toMatch(/^{"items":\[{"id":"[-\w]{36}","operation":"ci.stopWorkflow",/);
    expect(answerTo('/api/v1/subscriptions')).toBe('HTTP/1.1 201 Created');
    expect(output()).toMatch(/"secret":"whsec_/);
    expect(output()).toMatch(/\nhttp:\/\/127\.0\.0\.1:\d+\/live\n/);
  });

  it('are a protected route without a token, with one, and where to log in', () => {
    expect(shown().filter(({ line }) => line.endsWith("/api/v1/me'"))).toEqual([
      { line: expect.not.stringContaining('Authorization'), answer: expect.stringMatching(/"status":401,/) },
      { line: expect.stringMatching(/-H 'Authorization: Bearer [-\w]+'/), answer: expect.stringContaining('"robot"') },
    ]);
    expect(sandbox.output()).toMatch(
      /log in as ash with the password (\S+)\nhttp:\/\/127\.0\.0\.1:\d+\/auth\/login\?returnTo=\/api\/v1\/me\n/,
    );
  });

  it('are routes of the gateway, which pass requests on to two servers and to PokeAPI', () => {
    expect(answerTo('/gateway')).toMatch(/^{"items":\[{"name":"poke","path":"\/gateway\/poke",/);
    expect(answerTo('/gateway/poke/pokemon?limit=1')).toBe('HTTP/1.1 200 OK');
    expect(sandbox.output()).toMatch(/\n {2}cache-status: pokeapi; .*\n/);
    expect(answerTo('/gateway/origin/echo?a=1')).toMatch(/^{"method":"GET","url":"\/echo\?a=1",/);
    expect(answerTo('/gateway/origin/upload')).toMatch(/^{"bytes":11,"sha256":/);
    expect(answerTo('/gateway/overview?limit=2')).toMatch(/^{"pokemon":{.*},"news":null,"missing":\["news"\]}$/);
    expect(shown().filter(({ line }) => line.includes('/gateway/guarded/'))).toEqual([
      { line: expect.not.stringContaining('Authorization'), answer: expect.stringMatching(/"status":401,/) },
      { line: expect.stringContaining('Authorization: Bearer '), answer: 'HTTP/1.1 200 OK' },
    ]);
    expect(sandbox.output()).toMatch(/The routes of the gateway are in \S+routes\.yaml: /);
  });

  itWithCurl(
    'are lines that answer the same when they are pasted into a shell',
    async () => {
      expect(shown().length).toBeGreaterThanOrEqual(33);
      for (const { line, answer } of shown()) {
        const { stdout } = await promisify(execFile)('sh', ['-c', line]);
        // Further on there may be moments, ids of requests, and the workflow that was started since.
        const [firstLine = ''] = stdout.split(/\r?\n/, 1);
        expect({ line, answer: firstLine.slice(0, 15) }).toEqual({ line, answer: answer.slice(0, 15) });
      }
    },
    SANDBOX_TIMEOUT_MS,
  );
});
