import type { Dispatcher } from 'undici';

/** The part of PokeAPI's answer that is read: height in decimetres, weight in hectograms. */
export interface UpstreamPokemon {
  id: number;
  name: string;
  height: number;
  weight: number;
  sprites: { front_default: string };
}

export interface Pokemon {
  id: number;
  name: string;
  image: string;
  height: string;
  weight: string;
}

export const toPokemon = (upstream: UpstreamPokemon): Pokemon => ({
  id: upstream.id,
  name: upstream.name,
  image: upstream.sprites.front_default,
  height: `${upstream.height * 10} cm`,
  weight: `${upstream.weight / 10} kg`,
});

/** The mapped document of what `request` of undici gave. @throws Error for any other status than 200 */
export const readPokemon = async ({ statusCode, body }: Dispatcher.ResponseData): Promise<Pokemon> => {
  if (statusCode === 200) return toPokemon((await body.json()) as UpstreamPokemon);
  await body.dump();
  throw new Error(`The upstream answered ${statusCode}`);
};

const text = { type: 'string' };

/** From this Fastify makes a function that writes a Pokémon, which is faster than JSON.stringify. */
export const answerSchema = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: text, image: text, height: text, weight: text },
};
