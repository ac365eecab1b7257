import Axios from 'axios';
import { setupCache } from 'axios-cache-interceptor';
import Fastify from 'fastify';
import { answerSchema, toPokemon, type Pokemon, type UpstreamPokemon } from './pokemon.ts';

// All its defaults: in memory, for as long as the upstream's Cache-Control says. It keeps the parsed document.
const axios = setupCache(Axios.create());

const app = Fastify({ logger: false });

const getPokemon = async (name: string): Promise<Pokemon> => {
  const { data } = await axios.get<UpstreamPokemon>(`${process.env['POKEAPI_URL']}/pokemon/${name}`);
  return toPokemon(data);
};
const options = { schema: { response: { 200: answerSchema } } };

app.get('/api/v1/getCharizard', options, () => getPokemon('charizard'));
app.get<{ Params: { name: string } }>('/api/v1/pokemon/:name', options, ({ params }) => getPokemon(params.name));

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
