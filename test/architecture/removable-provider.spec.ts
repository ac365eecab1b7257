import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importsOf, type Import } from './imports-of.ts';
import { isSpec, readSources } from './source-files.ts';
import { createTempProject, type TempProject } from './temp-project.ts';

const COMPILE_TIMEOUT_MS = 240_000;

const imports = readSources('src')
  .filter((file) => !isSpec(file))
  .flatMap(importsOf);

/** `providers/pokeapi/pokeapi.module.ts` → `providers/pokeapi`. */
const twoLevels = (path: string): string => path.split('/').slice(0, 2).join('/');

const isInProviders = ({ from }: Import): boolean => from.startsWith('providers/');
const providers = [...new Set(imports.filter(isInProviders).map(({ from }) => twoLevels(from)))];

const featuresUsing = (provider: string): string[] => [
  ...new Set(
    imports
      .filter(({ from, target }) => from.startsWith('features/') && target?.startsWith(`${provider}/`))
      .map(({ from }) => twoLevels(from)),
  ),
];

/** Takes what comes from these folders out of app.module: imports, entries of lists, and lines that bind it to something. */
const withoutAllOf = (text: string, folders: readonly string[]): string => {
  const lines = text.split('\n');
  const isGone = (line: string): boolean => folders.some((folder) => line.includes(` from './${folder}/`));
  const names = lines.filter(isGone).flatMap((line) => /\{ (.*) \}/.exec(line)?.[1]?.split(', ') ?? []);
  const rest = lines.filter((line) => !isGone(line)).join('\n');
  return names.reduce(
    (left, name) =>
      left
        .replace(new RegExp(`^ +bind\\(\\w+, ${name}\\),\\n`, 'm'), '')
        .replaceAll(new RegExp(`\\b${name}\\b,?\\s*`, 'g'), ''),
    rest,
  );
};

let project: TempProject;

beforeEach(async () => {
  project = await createTempProject(['src']);
});
afterEach(() => project.dispose());

describe.each(providers)('%s', (provider) => {
  const gone = [provider, ...featuresUsing(provider)];

  it(
    'can be deleted with its features and their lines in app.module: everything else compiles',
    async () => {
      const appModule = await project.read('src/app.module.ts');
      for (const folder of gone) await project.remove(`src/${folder}`);
      await project.write('src/app.module.ts', withoutAllOf(appModule, gone));
      expect(await project.compile()).toEqual({ exitCode: 0, output: '' });
    },
    COMPILE_TIMEOUT_MS,
  );
});

describe('the check of deletions', () => {
  it(
    'sees what still needs a provider that is gone',
    async () => {
      const provider = providers[0] ?? '';
      await project.remove(`src/${provider}`);
      const { exitCode, output } = await project.compile();
      expect(exitCode).not.toBe(0);
      for (const feature of featuresUsing(provider)) expect(output).toContain(`src/${feature}/`);
    },
    COMPILE_TIMEOUT_MS,
  );
});
