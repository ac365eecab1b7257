import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Response headers that scripts of other origins may read. */
const EXPOSED = ['X-Request-Id', 'Retry-After', 'Cache-Status', 'Location', 'ETag'];

/** Off unless origins are listed; those may send credentials, no other gets any CORS header. */
export const addCors = async (server: FastifyInstance, origins: string[]): Promise<void> => {
  if (origins.length === 0) return;
  await server.register(cors, {
    origin: origins,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  });
};
