import { createServer, type RequestListener } from 'node:http';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { listenLocally } from '../../upstreams/stand-in.ts';
import type { Kind } from './cms-scene.ts';

interface Behind {
  readonly breakwater: TestApp;
  /** How often the CMS was asked. */
  readonly asked: () => number;
  get(path: string): Promise<Answer>;
  close(): Promise<void>;
}

/** The application in front of a CMS that answers as `listener` does. */
export const behind = async (
  kind: Kind,
  listener: RequestListener,
  env: Readonly<Record<string, string>> = {},
): Promise<Behind> => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    listener(request, response);
  });
  const { port, close } = await listenLocally(server);
  const breakwater = await createApp({
    env: { CMS_URL: `http://127.0.0.1:${port}/api`, CMS_KIND: kind, ...env },
  });
  return {
    breakwater,
    asked: () => asked,
    get: (path) => ask(`${breakwater.url}/api/v1/${path}`),
    close: async () => {
      await breakwater.close();
      await close();
    },
  };
};
