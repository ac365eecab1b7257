import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Response headers that scripts of other origins may read. */
const EXPOSED = [
  ...['X-Request-Id', 'Retry-After', 'Cache-Status', 'Location', 'ETag', 'RateLimit', 'RateLimit-Policy'],
  ...['Idempotency-Replayed', 'Preference-Applied'],
];

type Answer = (error: Error | null, options: FastifyCorsOptions) => void;

/** Off unless origins are listed; those may send credentials, no other gets any CORS header. */
export const addCors = async (server: FastifyInstance, origins: string[]): Promise<void> => {
  if (origins.length === 0) return;
  const listed: FastifyCorsOptions = {
    origin: origins,
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  };
  /** OPTIONS that asks for no method is a request like any other. */
  const plain: FastifyCorsOptions = { ...listed, preflight: false };
  const optionsFor = ({ headers }: FastifyRequest, answer: Answer): void => {
    const isListed = headers.origin !== undefined && origins.includes(headers.origin);
    const asksFirst = headers['access-control-request-method'] !== undefined;
    answer(null, isListed ? (asksFirst ? listed : plain) : { origin: false });
  };
  await server.register(cors, () => optionsFor);
};
