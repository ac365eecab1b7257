import { createServer, request as forward } from 'node:http';
import type { PokeApiStandIn } from '../../upstreams/pokeapi.stand-in.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';

/** Part of a path → what happens to requests for it. */
export type Troubles = Readonly<Record<string, 'fails' | 'hangs' | 'is absent' | 'breaks its schema'>>;

/** Stands before the stand-in and makes trouble at chosen places; links in documents still name the stand-in itself. */
export const startFront = ({ url }: PokeApiStandIn, troubles: () => Troubles): Promise<Listening> => {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const trouble = Object.entries(troubles()).find(([place]) => path.includes(place))?.[1];
    if (trouble === 'hangs') return;
    if (trouble === 'fails') return void response.writeHead(500).end();
    if (trouble === 'is absent') return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found');
    if (trouble === 'breaks its schema')
      return void response.setHeader('content-type', 'application/json').end('{"id":"six"}');
    forward(new URL(path, url), (found) => {
      response.writeHead(found.statusCode!, found.headers);
      found.pipe(response);
    }).end();
  });
  return listenLocally(server);
};
