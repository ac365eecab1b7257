import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from './source-files.ts';

const CONFIGURATION = ['package.json', 'tsconfig.json', 'tsconfig.build.json', '.swcrc'];
const SPEC = /\.(spec|e2e-spec|heavy-spec)\.ts$/;

export interface Outcome {
  readonly exitCode: number;
  /** stdout and stderr. */
  readonly output: string;
}

/** A copy of some folders of the project, without their tests, to be changed and then thrown away. */
export interface TempProject {
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Type-checks all there is. */
  compile(): Promise<Outcome>;
  runJest(path: string): Promise<Outcome>;
  dispose(): Promise<void>;
}

export const createTempProject = async (folders: readonly string[]): Promise<TempProject> => {
  const root = await mkdtemp(join(tmpdir(), 'breakwater-'));
  for (const folder of folders) {
    await cp(join(PROJECT, folder), join(root, folder), { recursive: true, filter: (path) => !SPEC.test(path) });
  }
  for (const name of CONFIGURATION) await cp(join(PROJECT, name), join(root, name));
  await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'dir');
  const node = (...args: string[]): Promise<Outcome> => runNode(root, args);
  return {
    read: (path) => readFile(join(root, path), 'utf8'),
    write: async (path, text) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
    compile: () => node('node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false'),
    runJest: (path) =>
      node('--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand', path),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
};

/** Without the variables by which jest tells its workers who they are. */
const runNode = (cwd: string, args: readonly string[]): Promise<Outcome> => {
  const { JEST_WORKER_ID: _id, NODE_OPTIONS: _options, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, env }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr });
    });
  });
};
