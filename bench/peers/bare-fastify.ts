import Fastify from 'fastify';
import { Pool } from 'undici';
import { toPokemon, type UpstreamPokemon } from './pokemon.ts';

const upstreamUrl = new URL(`${process.env['POKEAPI_URL']}/pokemon/charizard`);
const pool = new Pool(upstreamUrl.origin);
const text = { type: 'string' };
const answerSchema = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: text, image: text, height: text, weight: text },
};

const app = Fastify({ logger: false });

app.get('/api/v1/getCharizard', { schema: { response: { 200: answerSchema } } }, async () => {
  const { statusCode, body } = await pool.request({ method: 'GET', path: upstreamUrl.pathname });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`The upstream answered ${statusCode}`);
  }
  return toPokemon((await body.json()) as UpstreamPokemon);
});

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
