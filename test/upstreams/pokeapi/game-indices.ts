import type { KnownPokemon } from './known-pokemon.ts';
import type { Link } from './link.ts';
import { readNames } from './name-and-id.ts';

/** The versions of each generation that number their Pokémon; later ones do not appear in the real data either. */
const VERSIONS_BY_GENERATION = [
  readNames('red/1 blue/2 yellow/3'),
  readNames('gold/4 silver/5 crystal/6'),
  readNames('ruby/7 sapphire/8 emerald/9 firered/10 leafgreen/11'),
  readNames('diamond/12 pearl/13 platinum/14 heartgold/15 soulsilver/16'),
  readNames('black/17 white/18 black-2/21 white-2/22'),
];
const FIRST_FORM_ID = 10_001;

export function gameIndices(link: Link, pokemon: KnownPokemon, generationNumber: number): object[] {
  if (pokemon.id >= FIRST_FORM_ID) return [];
  return VERSIONS_BY_GENERATION.flatMap((versions, index) =>
    index + 1 < generationNumber
      ? []
      : versions.map((version) => ({
          game_index: index === 0 ? (pokemon.firstGamesIndex ?? pokemon.id) : pokemon.id,
          version: link('version', version),
        })),
  );
}
