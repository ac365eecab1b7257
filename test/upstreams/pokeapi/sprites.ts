import type { KnownPokemon } from './known-pokemon.ts';

const SPRITES_URL = 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon';

/** Folder of each kind of picture below the folder of its game; null for kinds none of these Pokémon has. */
const FOLDERS = {
  back_default: 'back/',
  back_female: null,
  back_gray: 'back/gray/',
  back_shiny: 'back/shiny/',
  back_shiny_female: null,
  back_transparent: 'transparent/back/',
  front_default: '',
  front_female: null,
  front_gray: 'gray/',
  front_shiny: 'shiny/',
  front_shiny_female: null,
  front_transparent: 'transparent/',
} as const;
type Kind = keyof typeof FOLDERS;

const MONOCHROME: Kind[] = [
  ...(['back_default', 'back_gray', 'back_transparent'] as const),
  ...(['front_default', 'front_gray', 'front_transparent'] as const),
];
const COLOURED: Kind[] = ['back_default', 'back_shiny', 'front_default', 'front_shiny'];
const BOTH_SIDES: Kind[] = [
  ...(['back_default', 'back_female', 'back_shiny', 'back_shiny_female'] as const),
  ...(['front_default', 'front_female', 'front_shiny', 'front_shiny_female'] as const),
];
const FRONT: Kind[] = ['front_default', 'front_female', 'front_shiny', 'front_shiny_female'];
const ICON: Kind[] = ['front_default', 'front_female'];

const GAMES: Readonly<Record<string, Readonly<Record<string, Kind[]>>>> = {
  'generation-i': { 'red-blue': MONOCHROME, yellow: MONOCHROME },
  'generation-ii': { crystal: COLOURED, gold: COLOURED, silver: COLOURED },
  'generation-iii': { emerald: FRONT, 'firered-leafgreen': COLOURED, 'ruby-sapphire': COLOURED },
  'generation-iv': { 'diamond-pearl': BOTH_SIDES, 'heartgold-soulsilver': BOTH_SIDES, platinum: BOTH_SIDES },
  'generation-v': { 'black-white': BOTH_SIDES },
  'generation-vi': { 'omegaruby-alphasapphire': FRONT, 'x-y': FRONT },
  'generation-vii': { icons: ICON, 'ultra-sun-ultra-moon': FRONT },
  'generation-viii': { icons: ICON },
};

/** A Pokémon without pictures has every key with null, as in the real data. */
export function pokemonSprites(pokemon: KnownPokemon, generationNumber: number): object {
  const id = pokemon.name === 'koraidon-limited-build' ? null : pokemon.id;
  return {
    ...pictures(BOTH_SIDES, SPRITES_URL, id),
    other: otherSprites(id),
    versions: Object.fromEntries(
      Object.entries(GAMES).map(([generation, games], index) => [
        generation,
        gameSprites(generation, games, index + 1 < generationNumber ? null : id),
      ]),
    ),
  };
}

function gameSprites(generation: string, games: Readonly<Record<string, Kind[]>>, id: number | null): object {
  return Object.fromEntries(
    Object.entries(games).map(([game, kinds]) => {
      const folder = `${SPRITES_URL}/versions/${generation}/${game}`;
      const animated =
        game === 'black-white' ? { animated: pictures(BOTH_SIDES, `${folder}/animated`, id, 'gif') } : {};
      return [game, { ...animated, ...pictures(kinds, folder, id) }];
    }),
  );
}

function otherSprites(id: number | null): object {
  const folder = `${SPRITES_URL}/other`;
  return {
    dream_world: pictures(ICON, `${folder}/dream-world`, id, 'svg'),
    home: pictures(FRONT, `${folder}/home`, id),
    'official-artwork': pictures(['front_default', 'front_shiny'], `${folder}/official-artwork`, id),
    showdown: pictures(BOTH_SIDES, `${folder}/showdown`, id, 'gif'),
  };
}

function pictures(kinds: Kind[], folder: string, id: number | null, extension = 'png') {
  return Object.fromEntries(
    kinds.map((kind) => {
      const below = FOLDERS[kind];
      return [kind, below === null || id === null ? null : `${folder}/${below}${id}.${extension}`];
    }),
  );
}
