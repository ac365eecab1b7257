import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import Fastify from 'fastify';
import { Pool } from 'undici';
import { answerSchema, readPokemon } from './pokemon.ts';

// The policies of its documentation, wrapped as it shows; room for the whole load, as the app has.
const patience = wrap(
  retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() }),
  circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
  bulkhead(1_024, 1_024),
  timeout(2_000, TimeoutStrategy.Aggressive),
);

const upstreamUrl = new URL(`${process.env['POKEAPI_URL']}/pokemon/charizard`);
const pool = new Pool(upstreamUrl.origin);

const app = Fastify({ logger: false });

app.get('/api/v1/getCharizard', { schema: { response: { 200: answerSchema } } }, () =>
  patience.execute(async ({ signal }) =>
    readPokemon(await pool.request({ method: 'GET', path: upstreamUrl.pathname, signal })),
  ),
);

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
