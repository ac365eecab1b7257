import Fastify from 'fastify';
import { Pool } from 'undici';
import { answerSchema, readPokemon } from './pokemon.ts';

const upstreamUrl = new URL(`${process.env['POKEAPI_URL']}/pokemon/charizard`);
const pool = new Pool(upstreamUrl.origin);

const app = Fastify({ logger: false });

app.get('/api/v1/getCharizard', { schema: { response: { 200: answerSchema } } }, async () =>
  readPokemon(await pool.request({ method: 'GET', path: upstreamUrl.pathname })),
);

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
