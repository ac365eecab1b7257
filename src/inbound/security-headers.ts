import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Browsers are told to trust nothing but ourselves; the pages we serve need no inline script. */
export const addSecurityHeaders = async (server: FastifyInstance): Promise<void> => {
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: { defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'], styleSrc: ["'self'", "'unsafe-inline'"], upgradeInsecureRequests: null },
    },
  });
};
