import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readPageFile, readPageFiles } from '../../src/inbound/pages/page-files.ts';
import { strictPolicy } from '../../src/inbound/pages/strict-policy.ts';
import type { Snapshot } from '../../src/operations/console/page/snapshot.ts';

/** A write, as it came. */
export interface SeenWrite {
  /** Method and address. */
  readonly line: string;
  readonly requestedWith: string | undefined;
}

/** Serves the console's page, and shows what a test wants to see. */
export interface ConsoleStandIn {
  readonly url: string;
  readonly writes: readonly SeenWrite[];
  /** What the page is told, at once and each second from then on. */
  show(snapshot: Omit<Snapshot, 'at'>): void;
  /** How the next writes are answered; at first 200 with an empty object. */
  answer(status: number, body: object): void;
  /** Streams end, and are refused with this status; 200: no more. */
  refuse(status: number): void;
  /** Streams stay open, and nothing is said. */
  fallSilent(): void;
  /** The server is gone; its address is kept for `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

const PAGE = join(import.meta.dirname, '../../src/operations/console/page');
const POLICY = strictPolicy({ 'trusted-types': "'none'" });
const CHARTS = { 'uplot.js': 'uplot/dist/uPlot.esm.js', 'uplot.css': 'uplot/dist/uPlot.min.css' };
const CHARTS_FOLDER = join(import.meta.dirname, '../../node_modules');

const readFiles = () => {
  const files = readPageFiles([PAGE]);
  for (const [name, path] of Object.entries(CHARTS)) files.set(name, readPageFile(join(CHARTS_FOLDER, path))!);
  return files;
};

export const startConsoleStandIn = async (): Promise<ConsoleStandIn> => {
  const [files, streams, writes] = [readFiles(), new Set<ServerResponse>(), [] as SeenWrite[]];
  let [snapshot, refused, isSilent] = [undefined as Omit<Snapshot, 'at'> | undefined, 200, false];
  let answered: readonly [number, object] = [200, {}];

  const tell = (stream: ServerResponse): void => {
    if (snapshot === undefined || isSilent) return;
    stream.write(`event: snapshot\ndata: ${JSON.stringify({ at: new Date().toISOString(), ...snapshot })}\n\n`);
  };
  const open = (response: ServerResponse): void => {
    if (refused !== 200) return void response.writeHead(refused).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    streams.add(response);
    response.on('close', () => streams.delete(response));
    tell(response);
  };
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url!, 'http://console');
    if (pathname === '/console/events') return open(response);
    if (request.method === 'POST' || request.method === 'DELETE') {
      writes.push({
        line: `${request.method} ${request.url}`,
        requestedWith: request.headers['x-requested-with']?.toString(),
      });
      response.writeHead(answered[0], { 'content-type': 'application/json' });
      return void response.end(JSON.stringify(answered[1]));
    }
    if (refused === 401 && pathname !== '/console') return void response.writeHead(401).end();
    const file = files.get(pathname === '/console' ? 'console.html' : pathname.slice('/console/'.length));
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': file?.type ?? 'text/plain',
      'content-security-policy': POLICY,
    });
    response.end(file?.text);
  };

  const listen = async (port: number): Promise<Server> => {
    const begun = createServer(serve).listen(port, '127.0.0.1');
    await once(begun, 'listening');
    return begun;
  };
  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const timer = setInterval(() => streams.forEach(tell), 1_000);
  return {
    url: `http://127.0.0.1:${port}`,
    writes,
    show: (next) => {
      [snapshot, isSilent] = [next, false];
      streams.forEach(tell);
    },
    answer: (status, body) => {
      answered = [status, body];
    },
    refuse: (status) => {
      refused = status;
      if (status !== 200) streams.forEach((stream) => stream.destroy());
    },
    fallSilent: () => {
      isSilent = true;
    },
    pause: stop,
    resume: async () => {
      server = await listen(port);
    },
    close: async () => {
      clearInterval(timer);
      await stop();
    },
  };
};
