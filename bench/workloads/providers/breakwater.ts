/** The parts of the built application that a program of ours is made of. */
export interface Breakwater {
  app: typeof import('../../../src/app.module.ts') & typeof import('../../../src/app.setup.ts');
  inbound: typeof import('../../../src/inbound/server-adapter.ts') &
    typeof import('../../../src/inbound/authentication/access.ts');
  outbound: typeof import('../../../src/outbound/index.ts');
  platform: typeof import('../../../src/platform/server.config.ts') &
    typeof import('../../../src/platform/lifecycle/release-start-memory.ts');
}

const loadAll = async (files: readonly string[]): Promise<object> => {
  const modules = files.map(
    (file) => import(new URL(`../../../dist/${file}.js`, import.meta.url).href) as Promise<object>,
  );
  return Object.assign({}, ...(await Promise.all(modules))) as object;
};

/** From dist/, as it runs in production. */
export const loadBreakwater = async (): Promise<Breakwater> => {
  const [app, inbound, outbound, platform] = await Promise.all([
    loadAll(['app.module', 'app.setup']),
    loadAll(['inbound/server-adapter', 'inbound/authentication/access']),
    loadAll(['outbound/index']),
    loadAll(['platform/server.config', 'platform/lifecycle/release-start-memory']),
  ]);
  return { app, inbound, outbound, platform } as Breakwater;
};
