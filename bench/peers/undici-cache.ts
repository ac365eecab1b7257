import Fastify from 'fastify';
import { Agent, interceptors, request } from 'undici';
import { answerSchema, readPokemon, type Pokemon } from './pokemon.ts';

// Its memory store with all its defaults. It keeps the upstream's bytes, so each answer is parsed anew.
const dispatcher = new Agent().compose(interceptors.cache());

const app = Fastify({ logger: false });

const getPokemon = async (name: string): Promise<Pokemon> =>
  readPokemon(await request(`${process.env['POKEAPI_URL']}/pokemon/${name}`, { dispatcher }));
const options = { schema: { response: { 200: answerSchema } } };

app.get('/api/v1/getCharizard', options, () => getPokemon('charizard'));
app.get<{ Params: { name: string } }>('/api/v1/pokemon/:name', options, ({ params }) => getPokemon(params.name));

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
