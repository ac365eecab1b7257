import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gatewayPrefix } from '../questions/questions.ts';
import type { Subject } from '../servers/program.ts';
import { app } from './app.ts';

const toGateway = (options: object): Subject => ({
  ...app,
  prepare: async ({ folder, upstreamOrigin }) => {
    const file = join(folder, 'routes.json');
    const route = { name: basename(gatewayPrefix), public: true, target: { endpoints: [upstreamOrigin] }, ...options };
    await writeFile(file, JSON.stringify({ routes: [route] }));
    return { env: { GATEWAY_ROUTES: file } };
  },
});

/** The app with one route, all its options at their defaults, that passes everything on to the upstream. */
export const appAsGateway = toGateway({});

/** The same, and the route keeps what the upstream allows to be kept. */
export const appAsCachingGateway = toGateway({ cache: 'shared' });
