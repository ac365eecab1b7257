import axios from 'axios';
import axiosRetry from 'axios-retry';
import express from 'express';
import { toPokemon, type UpstreamPokemon } from './pokemon.ts';

// As articles about an API layer show it: retries on axios itself, one route, everything else as it comes. Node's own
// agent, which axios uses when it is given none, keeps connections.
axiosRetry(axios, { retries: 3, retryDelay: axiosRetry.exponentialDelay });

const app = express();

app.get('/api/v1/getCharizard', async (_request, response) => {
  const { data } = await axios.get<UpstreamPokemon>(`${process.env['POKEAPI_URL']}/pokemon/charizard`);
  response.json(toPokemon(data));
});

app.listen(Number(process.env['PORT']), '127.0.0.1');
