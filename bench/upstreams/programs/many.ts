import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toDocument } from '../../questions/document.ts';

// As many external services as COUNT says, each with an origin of its own; PORT answers with the list of them.
const count = Number(process.env['COUNT']);
const charizard = toDocument('charizard', 0);

const answerCharizard: RequestListener = (_, response) => {
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Content-Length': charizard.length,
  };
  response.writeHead(200, headers).end(charizard);
};

const listen = async (server: Server, port: number): Promise<string> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

// Its own port first, or one of the services might get it.
const origins = Promise.withResolvers<string>();
const list: RequestListener = (_, response) =>
  void origins.promise.then((text) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(text));
await listen(createServer(list), Number(process.env['PORT']));

const services = Array.from({ length: count }, () => listen(createServer(answerCharizard), 0));
origins.resolve(JSON.stringify(await Promise.all(services)));
