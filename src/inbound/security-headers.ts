import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Browsers are told to trust nothing but ourselves; the pages we serve need no inline script. */
const protect = helmet({
  contentSecurityPolicy: {
    directives: {
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
});

/**
 * Puts helmet's headers on every answer. They are the same each time, so helmet is asked once, at start:
 * asked for each request it took longer than the rest of the inbound path together (65 of 115 µs).
 */
export const addSecurityHeaders = (server: FastifyInstance): void => {
  const headers = headersOf(protect);
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
};

const headersOf = (middleware: ReturnType<typeof helmet>): Record<string, string> => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  middleware(response.req, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
};
