import { readNames, type NameAndId } from './name-and-id.ts';
import { readTable } from './text-table.ts';

export interface KnownPokemon extends NameAndId {
  readonly speciesName: string;
  /** -1 for forms that have no place in the national order. */
  readonly order: number;
  readonly heightDm: number;
  readonly weightHg: number;
  readonly baseExperience: number;
  readonly types: readonly NameAndId[];
  /** hp, attack, defense, special-attack, special-defense, speed */
  readonly stats: readonly number[];
  readonly efforts: readonly number[];
  readonly abilities: readonly NameAndId[];
  readonly hiddenAbility: NameAndId | undefined;
  /** Number inside the first games; undefined for what came later. */
  readonly firstGamesIndex: number | undefined;
}

// prettier-ignore
const COLUMNS = [
  'id', 'name', 'species', 'order', 'height', 'weight', 'experience',
  'types', 'stats', 'efforts', 'abilities', 'hidden', 'index',
] as const;

const TABLE = `
1|bulbasaur|bulbasaur|1|7|69|64|grass/12 poison/4|45 49 49 65 65 45|0 0 0 1 0 0|overgrow/65|chlorophyll/34|153
2|ivysaur|ivysaur|2|10|130|142|grass/12 poison/4|60 62 63 80 80 60|0 0 0 1 1 0|overgrow/65|chlorophyll/34|9
3|venusaur|venusaur|3|20|1000|263|grass/12 poison/4|80 82 83 100 100 80|0 0 0 2 1 0|overgrow/65|chlorophyll/34|154
4|charmander|charmander|5|6|85|62|fire/10|39 52 43 60 50 65|0 0 0 0 0 1|blaze/66|solar-power/94|176
5|charmeleon|charmeleon|6|11|190|142|fire/10|58 64 58 80 65 80|0 0 0 1 0 1|blaze/66|solar-power/94|178
6|charizard|charizard|7|17|905|267|fire/10 flying/3|78 84 78 109 85 100|0 0 0 3 0 0|blaze/66|solar-power/94|180
7|squirtle|squirtle|10|5|90|63|water/11|44 48 65 50 64 43|0 0 1 0 0 0|torrent/67|rain-dish/44|177
8|wartortle|wartortle|11|10|225|142|water/11|59 63 80 65 80 58|0 0 1 0 1 0|torrent/67|rain-dish/44|179
9|blastoise|blastoise|14|16|855|265|water/11|79 83 100 85 105 78|0 0 0 0 3 0|torrent/67|rain-dish/44|28
25|pikachu|pikachu|35|4|60|112|electric/13|35 55 40 50 50 90|0 0 0 0 0 2|static/9|lightning-rod/31|84
26|raichu|raichu|51|8|300|243|electric/13|60 90 55 90 80 110|0 0 0 0 0 3|static/9|lightning-rod/31|85
133|eevee|eevee|215|3|65|65|normal/1|55 55 50 45 65 55|0 0 0 0 1 0|run-away/50 adaptability/91|anticipation/107|102
134|vaporeon|vaporeon|217|10|290|184|water/11|130 65 60 110 95 65|2 0 0 0 0 0|water-absorb/11|hydration/93|105
135|jolteon|jolteon|218|8|245|184|electric/13|65 65 60 110 95 130|0 0 0 0 0 2|volt-absorb/10|quick-feet/95|104
136|flareon|flareon|219|9|250|184|fire/10|65 130 60 95 110 65|0 2 0 0 0 0|flash-fire/18|guts/62|103
150|mewtwo|mewtwo|245|20|1220|340|psychic/14|106 110 90 154 90 130|0 0 0 3 0 0|pressure/46|unnerve/127|131
172|pichu|pichu|34|3|20|41|electric/13|20 40 15 35 35 60|0 0 0 0 0 1|static/9|lightning-rod/31|-
196|espeon|espeon|220|9|265|184|psychic/14|65 65 60 130 95 110|0 0 0 2 0 0|synchronize/28|magic-bounce/156|-
197|umbreon|umbreon|221|10|270|184|dark/17|95 65 110 60 130 65|0 0 0 0 2 0|synchronize/28|inner-focus/39|-
386|deoxys-normal|deoxys|514|17|608|270|psychic/14|50 150 50 150 50 150|0 1 0 1 0 1|pressure/46|-|-
470|leafeon|leafeon|222|10|255|184|grass/12|65 110 130 60 65 95|0 0 2 0 0 0|leaf-guard/102|chlorophyll/34|-
471|glaceon|glaceon|223|8|259|184|ice/15|65 60 110 130 95 65|0 0 0 2 0 0|snow-cloak/81|ice-body/115|-
700|sylveon|sylveon|224|10|235|184|fairy/18|95 65 65 110 130 60|0 0 0 0 2 0|cute-charm/56|pixilate/182|-
1007|koraidon|koraidon|-1|25|3030|335|fighting/2 dragon/16|100 135 115 85 100 135|0 3 0 0 0 0|orichalcum-pulse/288|-|-
10034|charizard-mega-x|charizard|8|17|1105|285|fire/10 dragon/16|78 130 111 130 85 100|0 0 0 3 0 0|tough-claws/181|-|-
10264|koraidon-limited-build|koraidon|-1|35|3030|335|fighting/2 dragon/16|100 135 115 85 100 135|0 3 0 0 0 0|orichalcum-pulse/288|-|-
`;

/** Every Pokémon this stand-in knows, by ascending id. */
export const KNOWN_POKEMON: readonly KnownPokemon[] = readTable(COLUMNS, TABLE).map((row) => ({
  id: Number(row.id),
  name: row.name,
  speciesName: row.species,
  order: Number(row.order),
  heightDm: Number(row.height),
  weightHg: Number(row.weight),
  baseExperience: Number(row.experience),
  types: readNames(row.types),
  stats: row.stats.split(' ').map(Number),
  efforts: row.efforts.split(' ').map(Number),
  abilities: readNames(row.abilities),
  hiddenAbility: readNames(row.hidden)[0],
  firstGamesIndex: row.index === '-' ? undefined : Number(row.index),
}));
