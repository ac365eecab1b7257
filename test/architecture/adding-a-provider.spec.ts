import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addModules, blocksOf } from './doc-blocks.ts';
import { PROJECT } from './source-files.ts';
import { createTempProject, type TempProject } from './temp-project.ts';

const CLIENT = 'src/providers/exchange/exchange.client.ts';
const OWN_TEST = 'test/e2e/rates.e2e-spec.ts';
const APP_MODULE = 'src/app.module.ts';
const TIMEOUT_MS = 240_000;

const page = readFileSync(join(PROJECT, 'docs/adding-a-provider.md'), 'utf8');
const blocks = blocksOf(page);

describe('docs/adding-a-provider.md, followed to the letter', () => {
  let project: TempProject;

  beforeAll(async () => {
    project = await createTempProject(['src', 'test/support', 'test/upstreams']);
    for (const { language, path, text } of blocks) {
      await project.write(path, language === 'diff' ? addModules(await project.read(path), text) : text);
    }
  }, TIMEOUT_MS);
  afterAll(() => project.dispose());

  it('takes new files and one change in app.module', () => {
    expect(blocks.length).toBe(page.match(/^```\w/gm)?.length);
    expect(blocks.filter(({ language }) => language === 'diff').map(({ path }) => path)).toEqual([APP_MODULE]);
    expect(blocks.map(({ path }) => path)).toContain(OWN_TEST);
  });

  it(
    'compiles',
    async () => {
      expect(await project.compile()).toEqual({ exitCode: 0, output: '' });
    },
    TIMEOUT_MS,
  );

  it(
    'passes the test that it ends with',
    async () => {
      const { exitCode, output } = await project.runJest(OWN_TEST);
      expect(output).toMatch(/Tests: +5 passed, 5 total/);
      expect(exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'fails that test when its client asks for something else',
    async () => {
      const client = await project.read(CLIENT);
      await project.write(CLIENT, client.replace('/rates/', '/prices/'));
      const { exitCode, output } = await project.runJest(OWN_TEST);
      expect(output).toMatch(/Tests: +1 failed, 4 passed, 5 total/);
      expect(exitCode).toBe(1);
    },
    TIMEOUT_MS,
  );
});
