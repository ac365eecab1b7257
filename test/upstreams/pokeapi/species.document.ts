import { generationOf } from './generation.ts';
import { KNOWN_POKEMON } from './known-pokemon.ts';
import { speciesNamed, type KnownSpecies } from './known-species.ts';
import type { Link, NamedResource } from './link.ts';
import { readName, type NameAndId } from './name-and-id.ts';

const LANGUAGES = { ja: 'ja-Hrkt/1', fr: 'fr/5', de: 'de/6', en: 'en/9' } as const;
const FLAVOR_VERSIONS = ['red/1', 'gold/4', 'ruby/7', 'diamond/12', 'black/17', 'x/23', 'sun/27', 'sword/33'];

/** The document of `/pokemon-species/{id or name}`. */
export function speciesDocument(link: Link, apiUrl: string, species: KnownSpecies): object {
  return {
    base_happiness: species.rank === 'legendary' || species.rank === 'mythical' ? 0 : 50,
    capture_rate: species.captureRate,
    ...classification(link, species),
    evolution_chain: { url: `${apiUrl}/evolution-chain/${species.chainId}/` },
    evolves_from_species: species.evolvesFrom ? link('pokemon-species', speciesNamed(species.evolvesFrom)) : null,
    flavor_text_entries: flavorTexts(link, species),
    form_descriptions: [],
    forms_switchable: varieties(link, species).length > 1,
    gender_rate: species.genderRate,
    genera: [{ genus: species.genus, language: link('language', readName(LANGUAGES.en)) }],
    has_gender_differences: false,
    hatch_counter: species.hatchCounter,
    id: species.id,
    is_baby: species.rank === 'baby',
    is_legendary: species.rank === 'legendary',
    is_mythical: species.rank === 'mythical',
    name: species.name,
    names: localNames(link, species),
    order: species.id,
    pal_park_encounters: [],
    pokedex_numbers: [{ entry_number: species.id, pokedex: link('pokedex', { name: 'national', id: 1 }) }],
    shape: null,
    varieties: varieties(link, species),
  };
}

function classification(link: Link, species: KnownSpecies) {
  const optional = (endpoint: string, target: NameAndId | undefined) => (target ? link(endpoint, target) : null);
  return {
    color: optional('pokemon-color', species.color),
    egg_groups: species.eggGroups.map((group) => link('egg-group', group)),
    generation: link('generation', generationOf(species.id)),
    growth_rate: optional('growth-rate', species.growthRate),
    habitat: optional('pokemon-habitat', species.habitat),
  };
}

function localNames(link: Link, species: KnownSpecies) {
  const languages = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[];
  return languages.map((code) => ({
    language: link('language', readName(LANGUAGES[code])),
    name: species.names[code],
  }));
}

/** Line feeds and form feeds are where the games broke the line, as in the real data. */
function flavorTexts(link: Link, species: KnownSpecies) {
  return FLAVOR_VERSIONS.map(readName).map((version) => ({
    flavor_text: `Trainers of the ${version.name} games\nlist ${species.names.en} as the\f${species.genus}.`,
    language: link('language', readName(LANGUAGES.en)),
    version: link('version', version),
  }));
}

function varieties(link: Link, species: KnownSpecies): { is_default: boolean; pokemon: NamedResource }[] {
  return KNOWN_POKEMON.filter((pokemon) => pokemon.speciesName === species.name).map((pokemon) => ({
    is_default: pokemon.id === species.id,
    pokemon: link('pokemon', pokemon),
  }));
}
