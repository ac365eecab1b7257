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
