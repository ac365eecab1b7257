import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROJECT } from './source-files.ts';
import { createTempProject, type TempProject } from './temp-project.ts';

const REPLACEMENTS = 'test/architecture/replacements';

/** With the files by which each says what it offers, whoever is behind it. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  pokeapi: [],
  cms: ['cms.client.ts'],
  semaphore: ['semaphore-paging.ts', 'semaphore-shapes.ts'],
};
const SCENE = `${REPLACEMENTS}/replaced.e2e-spec.ts`;
const TIMEOUT_MS = 90_000;

const read = (path: string): string => readFileSync(join(PROJECT, path), 'utf8');

/** As it is written in its own folder, so that it is type-checked and linted with everything else. */
const moved = (text: string): string => text.replaceAll('../../../../src/', '../../');

/** Each service is replaced by one of quite another shape: other routes, other words, other paging, other errors. */
describe('a provider whose service is replaced by another', () => {
  let project: TempProject;
  const written: string[] = [];

  const put = async (path: string, text: string): Promise<void> => {
    written.push(path);
    await project.write(path, text);
  };

  beforeAll(async () => {
    project = await createTempProject(['src', 'test/support', 'test/upstreams', `${REPLACEMENTS}/upstreams`]);
    for (const [provider, promises] of Object.entries(PROVIDERS)) {
      const folder = `src/providers/${provider}`;
      const kept = await Promise.all(promises.map((name) => project.read(`${folder}/${name}`)));
      await project.remove(folder);
      for (const [index, text] of kept.entries()) await project.write(`${folder}/${promises[index]}`, text);
      for (const name of readdirSync(join(PROJECT, REPLACEMENTS, provider)))
        await put(`${folder}/${name}`, moved(read(`${REPLACEMENTS}/${provider}/${name}`)));
    }
  }, TIMEOUT_MS);
  afterAll(() => project.dispose());

  it('is changed in its own folder and nowhere else', () => {
    const folders = Object.keys(PROVIDERS).map((provider) => `src/providers/${provider}/`);
    const isOwn = (path: string): boolean => folders.some((folder) => path.startsWith(folder));
    expect(written.length).toBeGreaterThan(folders.length);
    expect(written.filter((path) => !isOwn(path))).toEqual([]);
  });

  it(
    'leaves everything else compiling',
    async () => {
      expect(await project.compile()).toEqual({ exitCode: 0, output: '' });
    },
    TIMEOUT_MS,
  );

  it(
    'gives callers what they had before',
    async () => {
      await project.write(SCENE, read(`${REPLACEMENTS}/replaced-scene.ts`));
      const { exitCode, output } = await project.runJest(SCENE);
      expect(output).toMatch(/Tests: +\d+ passed, \d+ total/);
      expect(exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );
});
