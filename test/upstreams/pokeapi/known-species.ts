import { readNames, type NameAndId } from './name-and-id.ts';
import { readTable } from './text-table.ts';

export interface KnownSpecies extends NameAndId {
  /** French, German, Japanese, English. */
  readonly names: Readonly<Record<'fr' | 'de' | 'ja' | 'en', string>>;
  readonly genus: string;
  readonly chainId: number;
  readonly evolvesFrom: string | undefined;
  readonly color: NameAndId | undefined;
  readonly habitat: NameAndId | undefined;
  readonly growthRate: NameAndId | undefined;
  readonly eggGroups: readonly NameAndId[];
  /** Eighths that are female; -1 without gender. */
  readonly genderRate: number;
  readonly captureRate: number;
  readonly hatchCounter: number;
  readonly rank: string;
}

// prettier-ignore
const COLUMNS = [
  'id', 'name', 'fr', 'de', 'ja', 'en', 'genus', 'chain', 'from',
  'color', 'habitat', 'growth', 'eggs', 'gender', 'capture', 'hatch', 'rank',
] as const;

const TABLE = `
1|bulbasaur|Bulbizarre|Bisasam|フシギダネ|Bulbasaur|Seed|1|-|green/5|grassland/3|medium-slow/4|monster/1 plant/7|1|45|20|-
2|ivysaur|Herbizarre|Bisaknosp|フシギソウ|Ivysaur|Seed|1|bulbasaur|green/5|grassland/3|medium-slow/4|monster/1 plant/7|1|45|20|-
3|venusaur|Florizarre|Bisaflor|フシギバナ|Venusaur|Seed|1|ivysaur|green/5|grassland/3|medium-slow/4|monster/1 plant/7|1|45|20|-
4|charmander|Salamèche|Glumanda|ヒトカゲ|Charmander|Lizard|2|-|red/8|mountain/4|medium-slow/4|monster/1 dragon/14|1|45|20|-
5|charmeleon|Reptincel|Glutexo|リザード|Charmeleon|Flame|2|charmander|red/8|mountain/4|medium-slow/4|monster/1 dragon/14|1|45|20|-
6|charizard|Dracaufeu|Glurak|リザードン|Charizard|Flame|2|charmeleon|red/8|mountain/4|medium-slow/4|monster/1 dragon/14|1|45|20|-
7|squirtle|Carapuce|Schiggy|ゼニガメ|Squirtle|Tiny Turtle|3|-|blue/2|waters-edge/9|medium-slow/4|monster/1 water1/2|1|45|20|-
8|wartortle|Carabaffe|Schillok|カメール|Wartortle|Turtle|3|squirtle|blue/2|waters-edge/9|medium-slow/4|monster/1 water1/2|1|45|20|-
9|blastoise|Tortank|Turtok|カメックス|Blastoise|Shellfish|3|wartortle|blue/2|waters-edge/9|medium-slow/4|monster/1 water1/2|1|45|20|-
25|pikachu|Pikachu|Pikachu|ピカチュウ|Pikachu|Mouse|10|pichu|yellow/10|forest/2|medium/2|ground/5 fairy/6|4|190|10|-
26|raichu|Raichu|Raichu|ライチュウ|Raichu|Mouse|10|pikachu|yellow/10|forest/2|medium/2|ground/5 fairy/6|4|75|10|-
133|eevee|Évoli|Evoli|イーブイ|Eevee|Evolution|67|-|brown/3|urban/8|medium/2|ground/5|1|45|35|-
134|vaporeon|Aquali|Aquana|シャワーズ|Vaporeon|Bubble Jet|67|eevee|blue/2|urban/8|medium/2|ground/5|1|45|35|-
135|jolteon|Voltali|Blitza|サンダース|Jolteon|Lightning|67|eevee|yellow/10|urban/8|medium/2|ground/5|1|45|35|-
136|flareon|Pyroli|Flamara|ブースター|Flareon|Flame|67|eevee|red/8|urban/8|medium/2|ground/5|1|45|35|-
150|mewtwo|Mewtwo|Mewtu|ミュウツー|Mewtwo|Genetic|77|-|purple/7|rare/5|slow/1|no-eggs/15|-1|3|120|legendary
172|pichu|Pichu|Pichu|ピチュー|Pichu|Tiny Mouse|10|-|yellow/10|forest/2|medium/2|no-eggs/15|4|190|10|baby
196|espeon|Mentali|Psiana|エーフィ|Espeon|Sun|67|eevee|purple/7|urban/8|medium/2|ground/5|1|45|35|-
197|umbreon|Noctali|Nachtara|ブラッキー|Umbreon|Moonlight|67|eevee|black/1|urban/8|medium/2|ground/5|1|45|35|-
386|deoxys|Deoxys|Deoxys|デオキシス|Deoxys|DNA|202|-|red/8|rare/5|slow/1|no-eggs/15|-1|3|120|mythical
470|leafeon|Phyllali|Folipurba|リーフィア|Leafeon|Verdant|67|eevee|green/5|-|medium/2|ground/5|1|45|35|-
471|glaceon|Givrali|Glaziola|グレイシア|Glaceon|Fresh Snow|67|eevee|blue/2|-|medium/2|ground/5|1|45|35|-
700|sylveon|Nymphali|Feelinara|ニンフィア|Sylveon|Intertwining|67|eevee|pink/6|-|medium/2|ground/5|1|45|35|-
1007|koraidon|Koraidon|Koraidon|コライドン|Koraidon|Paradox|531|-|red/8|-|slow/1|no-eggs/15|-1|3|50|legendary
`;

/** Every species a known Pokémon or a known evolution chain refers to, by ascending id. */
export const KNOWN_SPECIES: readonly KnownSpecies[] = readTable(COLUMNS, TABLE).map((row) => ({
  id: Number(row.id),
  name: row.name,
  names: { fr: row.fr, de: row.de, ja: row.ja, en: row.en },
  genus: `${row.genus} Pokémon`,
  chainId: Number(row.chain),
  evolvesFrom: row.from === '-' ? undefined : row.from,
  color: readNames(row.color)[0],
  habitat: readNames(row.habitat)[0],
  growthRate: readNames(row.growth)[0],
  eggGroups: readNames(row.eggs),
  genderRate: Number(row.gender),
  captureRate: Number(row.capture),
  hatchCounter: Number(row.hatch),
  rank: row.rank,
}));

export function speciesNamed(name: string): KnownSpecies {
  const species = KNOWN_SPECIES.find((known) => known.name === name);
  if (!species) throw new Error(`The PokeAPI data refers to species "${name}", which is not in known-species.ts`);
  return species;
}
