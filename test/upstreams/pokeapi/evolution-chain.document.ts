import { KNOWN_CHAINS, type EvolutionCondition, type EvolutionStep } from './known-chains.ts';
import { speciesNamed } from './known-species.ts';
import type { Link } from './link.ts';
import { readName } from './name-and-id.ts';

/** The document of `/evolution-chain/{id}`. */
export function evolutionChainDocument(link: Link, id: number): object {
  const root = KNOWN_CHAINS.get(id);
  if (!root) throw new Error(`There is no evolution chain ${id} in known-chains.ts`);
  return { baby_trigger_item: null, chain: toChainLink(link, root), id };
}

function toChainLink(link: Link, { species, when, next }: EvolutionStep): object {
  const known = speciesNamed(species);
  return {
    evolution_details: when.map((condition) => toEvolutionDetail(link, condition)),
    evolves_to: next.map((following) => toChainLink(link, following)),
    is_baby: known.rank === 'baby',
    species: link('pokemon-species', known),
  };
}

function toEvolutionDetail(link: Link, condition: EvolutionCondition): object {
  return {
    gender: null,
    held_item: null,
    item: condition.item ? link('item', readName(condition.item)) : null,
    known_move: null,
    known_move_type: condition.knownMoveType ? link('type', readName(condition.knownMoveType)) : null,
    location: null,
    min_affection: condition.minAffection ?? null,
    min_beauty: null,
    min_happiness: condition.minHappiness ?? null,
    min_level: condition.minLevel ?? null,
    needs_overworld_rain: false,
    party_species: null,
    party_type: null,
    relative_physical_stats: null,
    time_of_day: condition.timeOfDay ?? '',
    trade_species: null,
    trigger: link('evolution-trigger', readName(condition.trigger)),
    turn_upside_down: false,
  };
}
