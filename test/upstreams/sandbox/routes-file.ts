import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Upstreams } from './upstreams.ts';

export interface RoutesFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes what the gateway of the sandbox passes on, and where to: a file of its own, as its ports are new each time. */
export const writeRoutes = async (upstreams: Upstreams): Promise<RoutesFile> => {
  const folder = await mkdtemp(join(tmpdir(), 'breakwater-sandbox-'));
  const path = join(folder, 'routes.yaml');
  await writeFile(path, routesFor(upstreams));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
};

const routesFor = ({ origins: [one, other] }: Upstreams): string => `routes:
  - name: poke
    description: PokeAPI as it is
    public: true
    target: { provider: pokeapi }
    match: { methods: [GET] }
    cache: shared

  - name: origin
    description: Two servers that tell what they got
    public: true
    target:
      endpoints: ['${one.url}', '${other.url}']
      balance: p2c
    request:
      headers: { set: { x-from: breakwater }, remove: [x-debug] }

  - name: overview
    description: Two answers in one, of which one may be missing
    public: true
    aggregate:
      pokemon: { target: { provider: pokeapi }, path: /pokemon }
      news: { target: { endpoints: ['${other.url}'] }, path: /news, required: false }

  - name: guarded
    description: The first of the two servers, for some
    target: { endpoints: ['${one.url}'] }
    scopes: ['pokemon:read']
`;
