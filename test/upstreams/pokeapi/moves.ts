import type { KnownPokemon } from './known-pokemon.ts';
import type { Link, NamedResource } from './link.ts';
import { readNames, type NameAndId } from './name-and-id.ts';

export interface VersionGroupDetail {
  readonly level_learned_at: number;
  readonly move_learn_method: NamedResource;
  readonly order: number | null;
  readonly version_group: NamedResource;
}

export interface PokemonMove {
  readonly move: NamedResource;
  readonly version_group_details: VersionGroupDetail[];
}

const MOVES = readNames(`
  mega-punch/5 fire-punch/7 thunder-punch/9 scratch/10 swords-dance/14 cut/15 wing-attack/17 fly/19 mega-kick/25
  headbutt/29 body-slam/34 take-down/36 double-edge/38 leer/43 bite/44 growl/45 roar/46 ember/52 flamethrower/53
  hyper-beam/63 submission/66 counter/68 seismic-toss/69 strength/70 solar-beam/76 dragon-rage/82 fire-spin/83
  earthquake/89 fissure/90 dig/91 toxic/92 rage/99 mimic/102 double-team/104 smokescreen/108 defense-curl/111
  reflect/115 bide/117 fire-blast/126 swift/129 skull-bash/130 rest/156 rock-slide/157 slash/163 substitute/164
  snore/173 curse/174 protect/182 scary-face/184 belly-drum/187 mud-slap/189 outrage/200 sandstorm/201 endure/203
  false-swipe/206 swagger/207 fury-cutter/210 steel-wing/211 attract/213 sleep-talk/214 return/216 frustration/218
  dynamic-punch/223 dragon-breath/225 iron-tail/231 metal-claw/232 hidden-power/237 twister/239 sunny-day/241
  crunch/242 ancient-power/246 rock-smash/249 beat-up/251 heat-wave/257 will-o-wisp/261 facade/263 focus-punch/264
  helping-hand/270 brick-break/280 secret-power/290 blast-burn/307 weather-ball/311 air-cutter/314 overheat/315
  rock-tomb/317 aerial-ace/332 dragon-claw/337 dragon-dance/349 roost/355 natural-gift/363 tailwind/366 fling/374
  flare-blitz/394 air-slash/403 dragon-pulse/406 dragon-rush/407 focus-blast/411 giga-impact/416 shadow-claw/421
  fire-fang/424 defog/432 captivate/445 ominous-wind/466 hone-claws/468 flame-burst/481 flame-charge/488 round/496
  echoed-voice/497 sky-drop/507 incinerate/510 acrobatics/512 inferno/517 fire-pledge/519 bulldoze/523
  dragon-tail/525 work-up/526 heat-crash/535 hurricane/542 confide/590 mystical-fire/595 power-up-punch/612
  brutal-swing/693 breaking-swipe/784 scale-shot/799 burning-jealousy/807 dual-wingbeat/814 scorching-sands/815
  tera-blast/851 temper-flare/913`);

const VERSION_GROUPS = readNames(`
  red-blue/1 yellow/2 gold-silver/3 crystal/4 ruby-sapphire/5 emerald/6 firered-leafgreen/7 diamond-pearl/8
  platinum/9 heartgold-soulsilver/10 black-white/11 colosseum/12 xd/13 black-2-white-2/14 x-y/15
  omega-ruby-alpha-sapphire/16 sun-moon/17 ultra-sun-ultra-moon/18 lets-go-pikachu-lets-go-eevee/19
  sword-shield/20 the-isle-of-armor/21 the-crown-tundra/22 brilliant-diamond-shining-pearl/23
  legends-arceus/24 scarlet-violet/25 the-teal-mask/26 the-indigo-disk/27`);

const METHODS = readNames('machine/4 tutor/3 level-up/1 egg/2');
const CHARIZARD_ID = 6;

/** Charizard learns every move above, so that it is as large as the real one; all others learn a quarter of them. */
export function pokemonMoves(link: Link, pokemon: KnownPokemon): PokemonMove[] {
  return MOVES.filter((_, row) => pokemon.id === CHARIZARD_ID || row % 4 === pokemon.id % 4).map((move, row) => ({
    move: link('move', move),
    version_group_details: VERSION_GROUPS.filter((_, column) => (row + column + pokemon.id) % 3 === 0).map((group) =>
      toDetail(link, METHODS[row % 3], group, row),
    ),
  }));
}

/** Teaches more and more ways to learn the same moves until `bytes` more bytes of JSON (at most one detail over) are there. */
export function lengthenMoves(link: Link, moves: readonly PokemonMove[], bytes: number): void {
  let added = 0;
  for (const { move, detail } of furtherDetails(link, moves)) {
    if (added >= bytes) return;
    move.version_group_details.push(detail);
    added += JSON.stringify(detail).length + 1;
  }
  if (added < bytes) throw new RangeError(`These moves can be lengthened by ${added} bytes at most, not by ${bytes}`);
}

function* furtherDetails(link: Link, moves: readonly PokemonMove[]) {
  for (const method of METHODS) {
    for (const group of VERSION_GROUPS) {
      for (const [row, move] of moves.entries()) {
        const detail = toDetail(link, method, group, row);
        if (!move.version_group_details.some((known) => isSameWay(known, detail))) yield { move, detail };
      }
    }
  }
}

function isSameWay(one: VersionGroupDetail, other: VersionGroupDetail): boolean {
  return one.version_group.url === other.version_group.url && one.move_learn_method.url === other.move_learn_method.url;
}

function toDetail(link: Link, method: NameAndId | undefined, group: NameAndId, row: number): VersionGroupDetail {
  const learnMethod = method ?? { name: 'machine', id: 4 };
  const level = learnMethod.name === 'level-up' ? (row % 12) * 5 + 1 : 0;
  return {
    level_learned_at: level,
    move_learn_method: link('move-learn-method', learnMethod),
    order: level === 1 ? row + 1 : null,
    version_group: link('version-group', group),
  };
}
