import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnApp, type Exit, type SpawnedApp } from '../support/spawn-app.ts';
import { listenLocally } from '../upstreams/stand-in.ts';

let breakwater: SpawnedApp;
afterEach(() => breakwater.kill());

const startInVain = (env: Record<string, string>): Promise<Exit> => {
  breakwater = spawnApp({ env });
  return breakwater.exited;
};

/** Refused in words for an operator: on stderr, without a stack, with nothing started. */
const expectRefusal = (...words: (string | RegExp)[]): void => {
  for (const word of words) expect(breakwater.stderr()).toMatch(word);
  expect(breakwater.stderr()).not.toMatch(/^\s+at /m);
  expect(breakwater.stderr()).not.toMatch(/node_modules|\.[jt]s\b/);
  expect(breakwater.logLines().map(({ msg }) => msg)).not.toContain('Ready');
};

describe('the start', () => {
  it('is refused with every mistake of the configuration at once, each with its remedy', async () => {
    const exit = await startInVain({
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      CORS_ORIGINS: '*',
      TRUST_PROXY: 'everybody',
      POKEAPI_URL: 'ftp://pokeapi.co',
      POKEAPI_MAX_ATTEMPTS: '0',
      POKEAPI_BREAKER_FAILURE_RATIO: '2',
      OPS_TOKEN: 'too-short',
    });
    expect(exit).toEqual({ code: 1, signal: null });
    expectRefusal(
      /PORT="abc".*whole number from 0 to 65535/,
      /LOG_LEVEL="loud".*info/,
      /CORS_ORIGINS=.*https:\/\/app\.example\.com/,
      /TRUST_PROXY=.*10\.0\.0\.0\/8/,
      /POKEAPI_URL="ftp:\/\/pokeapi\.co".*http:\/\/ or https:\/\//,
      /POKEAPI_MAX_ATTEMPTS=0.*1 to 10/,
      /POKEAPI_BREAKER_FAILURE_RATIO=2.*0\.01 to 1/,
      /OPS_TOKEN=\[redacted\].*at least 16 characters/,
    );
    expect(breakwater.stderr()).not.toContain('too-short');
  });

  it('is refused with values that cannot work together, naming both', async () => {
    const env = {
      POKEAPI_ATTEMPT_TIMEOUT_MS: '5000',
      POKEAPI_CALL_DEADLINE_MS: '1000',
      POKEAPI_BREAKER_WINDOW_MS: '1500',
      POKEAPI_BACKOFF_BASE_MS: '9000',
    };
    expect((await startInVain(env)).code).toBe(1);
    expectRefusal(
      /POKEAPI_ATTEMPT_TIMEOUT_MS=5000:.*POKEAPI_CALL_DEADLINE_MS=1000/,
      /POKEAPI_MAX_ATTEMPTS=3:.*POKEAPI_BACKOFF_BASE_MS=9000.*POKEAPI_CALL_DEADLINE_MS=1000/,
      /POKEAPI_BREAKER_WINDOW_MS=1500:.*POKEAPI_ATTEMPT_TIMEOUT_MS=5000/,
    );
  });

  it('is refused when the file of a secret cannot be read', async () => {
    expect((await startInVain({ OPS_TOKEN_FILE: '/nowhere/token' })).code).toBe(1);
    expectRefusal(/OPS_TOKEN_FILE=\/nowhere\/token.*may read/);
  });

  it('does not show the password in a URL that should not have one', async () => {
    expect((await startInVain({ POKEAPI_URL: 'https://user:hunter22@pokeapi.co' })).code).toBe(1);
    expectRefusal(/POKEAPI_URL=\[redacted\]/);
    expect(breakwater.stderr()).not.toContain('hunter22');
  });

  it('is refused when the port is taken, with what to do about it', async () => {
    const squatter = await listenLocally(createServer());
    expect(await startInVain({ PORT: String(squatter.port) })).toEqual({ code: 1, signal: null });
    await squatter.close();
    expectRefusal(`PORT=${squatter.port}`, 'is taken', 'choose another PORT');
  });

  it('is refused when the address is not ours, with what to do about it', async () => {
    expect((await startInVain({ HOST: '192.0.2.1' })).code).toBe(1);
    expectRefusal('HOST=192.0.2.1', 'choose others');
  });

  it('reads the .env of the directory it is started in', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'breakwater-'));
    await writeFile(join(cwd, '.env'), 'POKEAPI_URL=off\nLOG_LEVEL=debug\n');
    breakwater = spawnApp({ cwd });
    const answer = await fetch(`${await breakwater.ready()}/api/v1/getCharizard`);
    await rm(cwd, { recursive: true });
    expect(answer.status).toBe(503);
    expect(breakwater.logLines().some(({ level }) => level === 'debug')).toBe(true);
  });
});
