import { createServer } from 'node:http';
import { listenLocally, type StandIn } from '../../upstreams/stand-in.ts';

/** How it answers from now on: with 200 at once, with 200 after a while, or with 503. */
export type Mood = 'well' | 'slow' | 'failing';

export interface MoodyUpstream extends StandIn {
  mood: Mood;
}

const SLOW_MS = 1_000;

export const startMoodyUpstream = async (): Promise<MoodyUpstream> => {
  const server = createServer((_request, response) => {
    const answer = (): void => {
      response.writeHead(upstream.mood === 'failing' ? 503 : 200, { 'content-type': 'application/json' }).end('{}');
    };
    if (upstream.mood === 'slow') setTimeout(answer, SLOW_MS).unref();
    else answer();
  });
  const { port, close } = await listenLocally(server);
  const upstream: MoodyUpstream = { url: `http://127.0.0.1:${port}`, close, mood: 'well' };
  return upstream;
};
