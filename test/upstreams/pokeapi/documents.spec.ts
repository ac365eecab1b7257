import { describe, expect, it } from '@jest/globals';
import { createFindAnswer } from './find-answer.ts';
import { KNOWN_POKEMON } from './known-pokemon.ts';

const API_URL = 'http://127.0.0.1:1/api/v2';
const find = createFindAnswer(API_URL);

function read(path: string): unknown {
  const found = find(`/api/v2${path}`);
  return typeof found === 'string' ? found : JSON.parse(found.plain.toString());
}

describe('Pokémon documents', () => {
  it('have charizard as it is', () => {
    expect(read('/pokemon/charizard')).toMatchObject({
      id: 6,
      name: 'charizard',
      height: 17,
      weight: 905,
      species: { name: 'charizard', url: `${API_URL}/pokemon-species/6/` },
      sprites: {
        front_default: 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png',
        front_female: null,
        other: { 'official-artwork': {} },
        versions: { 'generation-v': { 'black-white': { animated: {} } } },
      },
      types: [
        { slot: 1, type: { name: 'fire' } },
        { slot: 2, type: { name: 'flying' } },
      ],
    });
  });

  it('have every field of the real ones', () => {
    const fields = Object.keys(read('/pokemon/1') as object).join(' ');
    expect(fields).toBe(
      'abilities base_experience cries forms game_indices height held_items id is_default location_area_encounters ' +
        'moves name order past_abilities past_stats past_types species sprites stats types weight',
    );
  });

  it('are about as large as the real ones', () => {
    const found = find('/api/v2/pokemon/6');
    expect(typeof found === 'object' && found.plain.length).toBeGreaterThan(200_000);
  });

  it('can lack a picture', () => {
    expect(read('/pokemon/10264')).toMatchObject({
      name: 'koraidon-limited-build',
      is_default: false,
      sprites: { front_default: null },
    });
  });

  it.each([
    [386, 'deoxys-normal', 'deoxys', true],
    [10034, 'charizard-mega-x', 'charizard', false],
  ])('name the species of form %i', (id, name, species, isDefault) => {
    expect(read(`/pokemon/${id}`)).toMatchObject({ name, species: { name: species }, is_default: isDefault });
  });

  it('are serialised once', () => {
    expect(find('/api/v2/pokemon/6')).toBe(find('/api/v2/pokemon/Charizard/'));
  });

  it.each(KNOWN_POKEMON.map(({ name }) => name))('lead from %s to its species and its evolution chain', (name) => {
    const pokemon = read(`/pokemon/${name}`) as { species: { url: string } };
    const species = read(pokemon.species.url.slice(API_URL.length)) as {
      name: string;
      evolution_chain: { url: string };
    };
    const chain = JSON.stringify(read(species.evolution_chain.url.slice(API_URL.length)));
    expect(chain).toContain(`"species":{"name":"${species.name}"`);
  });
});

describe('species and evolution chain documents', () => {
  it('tell who evolved from whom', () => {
    expect(read('/pokemon-species/charizard')).toMatchObject({
      evolution_chain: { url: `${API_URL}/evolution-chain/2/` },
      evolves_from_species: { name: 'charmeleon' },
      is_legendary: false,
      varieties: [{ pokemon: { name: 'charizard' } }, { pokemon: { name: 'charizard-mega-x' } }],
    });
    expect(read('/pokemon-species/150')).toMatchObject({ is_legendary: true, evolves_from_species: null });
  });

  it('have names in the languages of the world', () => {
    const { names } = read('/pokemon-species/6') as { names: { name: string }[] };
    expect(names.map(({ name }) => name)).toEqual(['リザードン', 'Dracaufeu', 'Glurak', 'Charizard']);
  });

  it('go step by step, in branches, or nowhere', () => {
    const third = { species: { name: 'venusaur' }, evolution_details: [{ min_level: 32 }], evolves_to: [] };
    const second = { species: { name: 'ivysaur' }, evolves_to: [third] };
    expect(read('/evolution-chain/1')).toMatchObject({
      chain: { species: { name: 'bulbasaur' }, evolves_to: [second] },
    });
    const eevee = read('/evolution-chain/67') as { chain: { evolves_to: unknown[] } };
    expect(eevee.chain.evolves_to).toHaveLength(8);
    expect(read('/evolution-chain/77')).toMatchObject({ chain: { species: { name: 'mewtwo' }, evolves_to: [] } });
  });
});

describe('lists', () => {
  const count = KNOWN_POKEMON.length;

  it.each(['', '?limit=0', '?limit=all'])('give 20 for "%s"', (query) => {
    const list = read(`/pokemon${query}`) as { results: unknown[]; next: string };
    expect(list.results).toHaveLength(20);
    expect(list.next).toBe(`${API_URL}/pokemon?offset=20&limit=${count - 20}`);
  });

  it('have no maximum', () => {
    expect(read('/pokemon?limit=100000')).toMatchObject({ count, next: null, previous: null });
  });

  it('link their pages in both directions, the last one with what is left', () => {
    const lastOffset = count - 5;
    expect(read(`/pokemon/?limit=10&offset=${lastOffset - 10}`)).toMatchObject({
      next: `${API_URL}/pokemon?offset=${lastOffset}&limit=5`,
    });
    const last = read('/pokemon?limit=10&offset=5') as { previous: string; results: unknown[] };
    expect(last.previous).toBe(`${API_URL}/pokemon?offset=0&limit=5`);
    expect(last.results[0]).toEqual({ name: 'charizard', url: `${API_URL}/pokemon/6/` });
  });

  it('give urls only for what has no name', () => {
    expect(read('/evolution-chain?limit=1')).toMatchObject({ results: [{ url: `${API_URL}/evolution-chain/1/` }] });
    expect(JSON.stringify(read('/evolution-chain'))).not.toContain('"name"');
  });
});
