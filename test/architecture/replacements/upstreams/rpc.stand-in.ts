import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { listenLocally, type StandIn } from '../../../upstreams/stand-in.ts';

interface Question {
  readonly method: string;
  readonly params: { readonly key?: string | number };
}

const KIND = { key: 6, label: 'charizard', rank: 'plain', tree: 2 };
const MONSTER = {
  key: 6,
  label: 'charizard',
  metres: 1.7,
  kilograms: 90.5,
  picture: 'https://img.example/6.png',
  kind: KIND,
};
const TREE = [
  [null, 'charmander'],
  ['charmander', 'charmeleon'],
  ['charmeleon', 'charizard'],
];

/** A Pokédex that is asked by remote procedure calls, and knows one Pokémon. */
export const startRpc = async (): Promise<StandIn> => {
  const server = createServer((request, response) => {
    void json(request).then((question) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: resultOf(question as Question) }));
    });
  });
  const { port, close } = await listenLocally(server);
  return { url: `http://127.0.0.1:${port}`, close };
};

const resultOf = ({ method, params: { key } }: Question): object | null => {
  if (method === 'monsters') return { all: 1, page: [MONSTER] };
  if (method === 'tree') return { edges: TREE };
  if (key !== 'charizard') return null;
  return method === 'kind' ? KIND : MONSTER;
};
