import { createServer, type IncomingMessage } from 'node:http';
import type { SemaphoreStandIn } from '../../upstreams/semaphore.stand-in.ts';
import { listenLocally } from '../../upstreams/stand-in.ts';

export interface PartlyRefusing {
  /** For SEMAPHORE_URL. */
  readonly url: string;
  /** Awaited before each answer. */
  before: () => unknown;
  /** Which paths are answered 403; none at first. */
  refuses: (path: string) => boolean;
  close(): Promise<void>;
}

/** A CI service that has its own mind, in front of the stand-in, which it asks. */
export const startPartlyRefusing = async ({ url }: SemaphoreStandIn): Promise<PartlyRefusing> => {
  const ask = ({ url: path = '', headers: { authorization = '' } }: IncomingMessage): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization, 'user-agent': 'SemaphoreCI v2.0 Client' } });
  const server = createServer((request, response) => {
    void (async () => {
      await service.before();
      if (service.refuses(request.url ?? '')) return response.writeHead(403).end('"Forbidden"');
      const answer = await ask(request);
      const { 'content-encoding': _coding, 'content-length': _length, ...headers } = Object.fromEntries(answer.headers);
      response.writeHead(answer.status, headers).end(await answer.text());
    })();
  });
  const { port, close } = await listenLocally(server);
  const service: PartlyRefusing = {
    url: `http://127.0.0.1:${port}`,
    before: () => undefined,
    refuses: () => false,
    close,
  };
  return service;
};
