import { createServer, type ServerResponse } from 'node:http';
import { toDocument } from '../../questions/document.ts';

// What the workload `goodput` says they shall be.
const workers = Number(process.env['WORKERS']);
const workMs = Number(process.env['WORK_MS']);
const backlog = Number(process.env['BACKLOG']);
const port = Number(process.env['PORT']);

const charizard = toDocument('charizard', 0);
const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
const counts = { asked: 0, worked: 0, refused: 0 };
let waiting: ServerResponse[] = [];
let busy = 0;

/** As a process of a pool does: it finds out that nobody waits any more when it writes its answer. */
const work = (response: ServerResponse, beginsAtMs: number): void => {
  // From one end to the next beginning no time is lost to timers, so that the capacity is what it says.
  const endsAtMs = beginsAtMs + workMs;
  setTimeout(() => {
    counts.worked += 1;
    response.writeHead(200, { ...headers, 'Content-Length': charizard.length }).end(charizard);
    const next = waiting.shift();
    if (next) work(next, endsAtMs);
    else busy -= 1;
  }, endsAtMs - performance.now());
};

const accept = (response: ServerResponse): void => {
  counts.asked += 1;
  if (busy < workers) {
    busy += 1;
    work(response, performance.now());
  } else if (waiting.length < backlog) {
    waiting.push(response);
  } else {
    counts.refused += 1;
    response.writeHead(503, { 'Content-Length': 0 }).end();
  }
};

/** Breaks all connections off and refuses new ones, for so long. */
const die = (ms: number): void => {
  waiting = [];
  server.close();
  server.closeAllConnections();
  setTimeout(() => server.listen(port, '127.0.0.1'), ms);
};

const server = createServer(({ url = '' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (pathname === '/counts') response.end(JSON.stringify(counts));
  else if (pathname === '/die') response.end('', () => die(Number(searchParams.get('ms'))));
  else accept(response);
});

// Longer than a whole run, so that it is never the one who closes a connection that is about to be used.
server.keepAliveTimeout = 600_000;
server.listen(port, '127.0.0.1');
