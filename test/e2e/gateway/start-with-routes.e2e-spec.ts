import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { spawnApp, type SpawnedApp } from '../../support/spawn-app.ts';

let folder: string;
let path: string;
let breakwater: SpawnedApp;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'routes-'));
  path = join(folder, 'routes.yaml');
});
afterEach(async () => {
  await breakwater.kill();
  await rm(folder, { recursive: true });
});

const BAD = `
routes:
  - name: one
    target: { endpoints: ['ftp://127.0.0.1'] }
    colour: red
  - name: two
    public: maybe
    target: { provider: nobody }
`;

const GOOD = `
routes:
  - name: one
    public: true
    target: { endpoints: ['http://127.0.0.1:1'] }
`;

const start = (): SpawnedApp => (breakwater = spawnApp({ env: { GATEWAY_ROUTES: path } }));

const loads = (): number => breakwater.logLines().filter(({ msg }) => msg === 'Gateway routes loaded').length;

/** In words for an operator: on stderr, without a stack, with nothing started. */
const expectRefusal = async (...words: readonly RegExp[]): Promise<void> => {
  expect(await start().exited).toEqual({ code: 1, signal: null });
  for (const word of words) expect(breakwater.stderr()).toMatch(word);
  expect(breakwater.stderr()).not.toMatch(/^\s+at /m);
  expect(breakwater.stderr()).not.toMatch(/node_modules|\.[jt]s\b/);
  expect(breakwater.logLines().map(({ msg }) => msg)).not.toContain('Ready');
};

describe('the start with a routes file', () => {
  it('is refused with every mistake of it at once', async () => {
    await writeFile(path, BAD);
    await expectRefusal(
      /routes\[0\]\.target\.endpoints\[0\].*ftp/,
      /routes\[0\]: there is no "colour"/,
      /routes\[1\]\.public.*true or false/,
      /routes\[1\]\.target\.provider.*nobody/,
    );
  });

  it('is refused when it is not there', async () => {
    await expectRefusal(/GATEWAY_ROUTES=.*routes\.yaml: cannot be read: ENOENT/);
  });

  it('outlives SIGHUP, which has it read anew', async () => {
    await writeFile(path, GOOD);
    const url = await start().ready();
    breakwater.signal('SIGHUP');
    await eventually(() => expect(loads()).toBe(2));
    await writeFile(path, BAD);
    breakwater.signal('SIGHUP');
    await breakwater.logged('The gateway routes cannot be used');
    expect((await fetch(`${url}/gateway/one/x`)).status).toBe(502);
    expect(breakwater.hasExited()).toBe(false);
  });
});
