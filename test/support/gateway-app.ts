import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type TestApp, type TestAppOptions } from './create-app.ts';

/** An application with a routes file of its own. */
export interface GatewayApp extends TestApp {
  /** Of the routes file. */
  readonly path: string;
  /** Puts another text in its place, at once as a whole. */
  write(routes: unknown): Promise<void>;
}

/** @param routes as in the file: YAML as text, or what JSON is made of */
export const createGateway = async (
  routes: readonly object[] | string,
  { env = {}, ...options }: TestAppOptions = {},
): Promise<GatewayApp> => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const path = join(folder, 'routes.yaml');
  const write = async (content: unknown): Promise<void> => {
    await writeFile(`${path}.new`, typeof content === 'string' ? content : JSON.stringify({ routes: content }));
    await rename(`${path}.new`, path);
  };
  await write(routes);
  const app = await createApp({ ...options, env: { ...env, GATEWAY_ROUTES: path } });
  const close = async (): Promise<void> => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...app, path, write, close };
};
