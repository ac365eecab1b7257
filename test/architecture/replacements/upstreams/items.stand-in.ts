import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenLocally, type StandIn } from '../../../upstreams/stand-in.ts';

const POSTS = ['ebb', 'flow', 'neap'].map((permalink) => ({
  permalink,
  headline: `On ${permalink}`,
  text: 'Salt.',
  live: '2026-01-02T03:04:05',
  edited: null,
}));

/** A CMS of another kind, with three posts. */
export const startItems = async (): Promise<StandIn> => {
  const { port, close } = await listenLocally(createServer(answer));
  return { url: `http://127.0.0.1:${port}`, close };
};

const answer = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
  const { pathname, searchParams } = new URL(url, 'http://items.example');
  const wanted = searchParams.get('filter[permalink][_eq]');
  const matching = POSTS.filter(({ permalink }) => wanted === null || permalink === wanted);
  const offset = Number(searchParams.get('offset') ?? 0);
  const data = matching.slice(offset, offset + Number(searchParams.get('limit') ?? 100));
  const isKnown = pathname === '/items/posts';
  const body = isKnown ? { data, meta: { filter_count: matching.length } } : { errors: [{ message: 'Forbidden' }] };
  response.writeHead(isKnown ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};
