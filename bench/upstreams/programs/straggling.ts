import { createServer } from 'node:http';
import { createRandom } from '../../load/seeded-random.ts';
import { toDocument } from '../../questions/document.ts';

// What the workload `tail` says they shall be.
const usualMs = Number(process.env['USUAL_MS']);
const slowMs = Number(process.env['SLOW_MS']);
const slowOneIn = Number(process.env['SLOW_ONE_IN']);

const random = createRandom(9);
const charizard = toDocument('charizard', 0);
const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
let callCount = 0;
let slowAt = 0;

/** One of each so many in a row is slow, at a random place among them: whatever was asked, on whichever connection. */
const isSlow = (): boolean => {
  const place = callCount % slowOneIn;
  callCount += 1;
  if (place === 0) slowAt = Math.floor(random() * slowOneIn);
  return place === slowAt;
};

const server = createServer(({ url }, response) => {
  if (url === '/calls') return void response.end(String(callCount));
  const answer = (): void =>
    void response.writeHead(200, { ...headers, 'Content-Length': charizard.length }).end(charizard);
  setTimeout(answer, isSlow() ? slowMs : usualMs);
});

// Longer than a whole run: a subject's connections survive the rounds in which the others are measured.
server.keepAliveTimeout = 600_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
