import httpProxy from '@fastify/http-proxy';
import Fastify from 'fastify';

const app = Fastify({ logger: false });

// As its documentation shows it; connections to the upstream are kept by default.
await app.register(httpProxy, {
  upstream: new URL(process.env['POKEAPI_URL'] ?? '').origin,
  prefix: '/gateway/upstream',
});

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
