export interface EvolutionStep {
  readonly species: string;
  /** Conditions under which the step before becomes this one; empty at the root. */
  readonly when: readonly EvolutionCondition[];
  readonly next: readonly EvolutionStep[];
}

export interface EvolutionCondition {
  readonly trigger: 'level-up/1' | 'trade/2' | 'use-item/3';
  readonly item?: string;
  readonly knownMoveType?: string;
  readonly minLevel?: number;
  readonly minHappiness?: number;
  readonly minAffection?: number;
  readonly timeOfDay?: 'day' | 'night';
}

const step = (species: string, when: EvolutionCondition[], ...next: EvolutionStep[]): EvolutionStep => ({
  species,
  when,
  next,
});
const atLevel = (minLevel: number): EvolutionCondition[] => [{ trigger: 'level-up/1', minLevel }];
const withItem = (item: string): EvolutionCondition[] => [{ trigger: 'use-item/3', item }];
const whenHappy = (timeOfDay?: 'day' | 'night'): EvolutionCondition[] => [
  { trigger: 'level-up/1', minHappiness: timeOfDay ? 160 : 220, ...(timeOfDay && { timeOfDay }) },
];

/** Roots of the known evolution chains, by the id of the chain. */
export const KNOWN_CHAINS: ReadonlyMap<number, EvolutionStep> = new Map([
  [1, step('bulbasaur', [], step('ivysaur', atLevel(16), step('venusaur', atLevel(32))))],
  [2, step('charmander', [], step('charmeleon', atLevel(16), step('charizard', atLevel(36))))],
  [3, step('squirtle', [], step('wartortle', atLevel(16), step('blastoise', atLevel(36))))],
  [10, step('pichu', [], step('pikachu', whenHappy(), step('raichu', withItem('thunder-stone/83'))))],
  [67, step('eevee', [], ...evolutionsOfEevee())],
  [77, step('mewtwo', [])],
  [202, step('deoxys', [])],
  [531, step('koraidon', [])],
]);

function evolutionsOfEevee(): EvolutionStep[] {
  return [
    step('vaporeon', withItem('water-stone/84')),
    step('jolteon', withItem('thunder-stone/83')),
    step('flareon', withItem('fire-stone/82')),
    step('espeon', whenHappy('day')),
    step('umbreon', whenHappy('night')),
    step('leafeon', withItem('leaf-stone/85')),
    step('glaceon', withItem('ice-stone/885')),
    step('sylveon', [{ trigger: 'level-up/1', knownMoveType: 'fairy/18', minAffection: 2 }]),
  ];
}
