import { gameIndices } from './game-indices.ts';
import { generationOf } from './generation.ts';
import type { KnownPokemon } from './known-pokemon.ts';
import { speciesNamed } from './known-species.ts';
import type { Link } from './link.ts';
import { lengthenMoves, pokemonMoves } from './moves.ts';
import { readName, readNames } from './name-and-id.ts';
import { pastAbilities, pastStats } from './past.ts';
import { pokemonSprites } from './sprites.ts';

const STATS = readNames('hp/1 attack/2 defense/3 special-attack/4 special-defense/5 speed/6');
const CRIES_URL = 'https://raw.githubusercontent.com/PokeAPI/cries/main/cries/pokemon';
const LAST_ID_WITH_LEGACY_CRY = 649;

/** The document of `/pokemon/{id or name}`; its moves are lengthened until it has `atLeastBytes` bytes of JSON. */
export function pokemonDocument(link: Link, apiUrl: string, pokemon: KnownPokemon, atLeastBytes = 0): object {
  const species = speciesNamed(pokemon.speciesName);
  const generationNumber = generationOf(species.id).id;
  const moves = pokemonMoves(link, pokemon);
  const document = {
    abilities: abilities(link, pokemon),
    base_experience: pokemon.baseExperience,
    cries: cries(pokemon),
    forms: [link('pokemon-form', pokemon)],
    game_indices: gameIndices(link, pokemon, generationNumber),
    height: pokemon.heightDm,
    held_items: heldItems(link, pokemon),
    id: pokemon.id,
    is_default: pokemon.id === species.id,
    location_area_encounters: `${apiUrl}/pokemon/${pokemon.id}/encounters`,
    moves,
    name: pokemon.name,
    order: pokemon.order,
    past_abilities: pastAbilities(link, pokemon, generationNumber),
    past_stats: pastStats(link, pokemon),
    past_types: [],
    species: link('pokemon-species', species),
    sprites: pokemonSprites(pokemon, generationNumber),
    stats: stats(link, pokemon),
    types: pokemon.types.map((type, index) => ({ slot: index + 1, type: link('type', type) })),
    weight: pokemon.weightHg,
  };
  lengthenMoves(link, moves, atLeastBytes - JSON.stringify(document).length);
  return document;
}

function abilities(link: Link, { abilities, hiddenAbility }: KnownPokemon): object[] {
  const open = abilities.map((ability, index) => ({
    ability: link('ability', ability),
    is_hidden: false,
    slot: index + 1,
  }));
  return hiddenAbility ? [...open, { ability: link('ability', hiddenAbility), is_hidden: true, slot: 3 }] : open;
}

function cries({ id }: KnownPokemon): object {
  const legacy = id <= LAST_ID_WITH_LEGACY_CRY ? `${CRIES_URL}/legacy/${id}.ogg` : null;
  return { latest: `${CRIES_URL}/latest/${id}.ogg`, legacy };
}

function heldItems(link: Link, pokemon: KnownPokemon): object[] {
  if (pokemon.name !== 'pikachu') return [];
  const version_details = readNames('ruby/7 emerald/9 x/23').map((version) => ({
    rarity: 5,
    version: link('version', version),
  }));
  return [{ item: link('item', readName('light-ball/213')), version_details }];
}

function stats(link: Link, pokemon: KnownPokemon): object[] {
  return STATS.map((stat, index) => ({
    base_stat: pokemon.stats[index],
    effort: pokemon.efforts[index],
    stat: link('stat', stat),
  }));
}
