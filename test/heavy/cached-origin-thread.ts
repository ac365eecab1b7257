import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { listenLocally } from '../upstreams/stand-in.ts';

const SLOW_MS = 20;
const BODY = JSON.stringify({ text: 'x'.repeat(500) });

interface Report {
  readonly url: string;
  readonly requests: Readonly<Record<string, number>>;
}

/** An upstream with a heap of its own, whose caching headers depend on the first part of the path. */
export interface CachedOriginThread {
  readonly url: string;
  /** Requests so far, by the first part of their path. */
  countRequests(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

export const startCachedOriginThread = async (): Promise<CachedOriginThread> => {
  const worker = new Worker(new URL(import.meta.url));
  const ask = async (): Promise<Report> => {
    worker.postMessage('report');
    const [report] = (await once(worker, 'message')) as [Report];
    return report;
  };
  const { url } = await ask();
  return {
    url,
    countRequests: async () => (await ask()).requests,
    stop: async () => void (await worker.terminate()),
  };
};

/** What each kind of path says of its answers. */
const KINDS: Readonly<Record<string, Record<string, string>>> = {
  fresh: { 'cache-control': 'max-age=3600' },
  slow: { 'cache-control': 'max-age=3600' },
  varying: { 'cache-control': 'max-age=3600', vary: 'accept-language' },
  validated: { 'cache-control': 'no-cache', etag: '"1"' },
  refreshed: { 'cache-control': 'max-age=0, stale-while-revalidate=3600', etag: '"1"' },
  failing: { 'cache-control': 'max-age=0, stale-if-error=3600', etag: '"1"' },
  uncacheable: { 'cache-control': 'no-store' },
};

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const requests: Record<string, number> = {};
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    const [, kind = '', rest = ''] = (request.url ?? '').split('/');
    requests[kind] = (requests[kind] ?? 0) + 1;
    const send = (): void => answer(response, kind, request.headers['if-none-match'] !== undefined);
    if (kind === 'slow') return void setTimeout(send, SLOW_MS);
    // Sound once, for there to be something to fall back on.
    if (kind === 'failing' && seen.has(rest)) return void response.writeHead(503).end();
    if (kind === 'failing') seen.add(rest);
    send();
  });
  const listening = listenLocally(server);
  port.on('message', () => {
    void listening.then(({ port: number }) =>
      port.postMessage({ url: `http://127.0.0.1:${number}`, requests } satisfies Report),
    );
  });
}

function answer(response: ServerResponse, kind: string, isKnown: boolean): void {
  const headers = { 'content-type': 'application/json', ...KINDS[kind] };
  if (isKnown) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, 'content-length': BODY.length }).end(BODY);
}
