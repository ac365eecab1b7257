import { generation } from './generation.ts';
import type { KnownPokemon } from './known-pokemon.ts';
import type { Link } from './link.ts';

const LAST_GENERATION_WITHOUT_HIDDEN_ABILITIES = 4;

/** Until generation iv nobody had a hidden ability, which the real data says with `ability: null`. */
export function pastAbilities(link: Link, pokemon: KnownPokemon, generationNumber: number): object[] {
  if (!pokemon.hiddenAbility || generationNumber > LAST_GENERATION_WITHOUT_HIDDEN_ABILITIES) return [];
  return [
    {
      abilities: [{ ability: null, is_hidden: true, slot: 3 }],
      generation: link('generation', generation(LAST_GENERATION_WITHOUT_HIDDEN_ABILITIES)),
    },
  ];
}

/** In generation i one stat, special, stood for special attack and special defense. */
export function pastStats(link: Link, pokemon: KnownPokemon): object[] {
  if (pokemon.firstGamesIndex === undefined) return [];
  const special = { base_stat: pokemon.stats[4] ?? 0, effort: 0, stat: link('stat', { name: 'special', id: 9 }) };
  return [{ generation: link('generation', generation(1)), stats: [special] }];
}
