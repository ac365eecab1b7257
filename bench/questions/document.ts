import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, 'charizard.json');
const charizard = JSON.parse(readFileSync(file, 'utf8')) as { moves: object[]; [field: string]: unknown };

// PokeAPI's documents are mostly this: which move is learned when, in which version of the game.
const toMove = (id: number): object => ({
  move: { name: `move-${id}`, url: `https://pokeapi.co/api/v2/move/${id}/` },
  version_group_details: [
    {
      level_learned_at: id % 100,
      move_learn_method: { name: 'level-up', url: 'https://pokeapi.co/api/v2/move-learn-method/1/' },
      order: null,
      version_group: { name: 'red-blue', url: 'https://pokeapi.co/api/v2/version-group/1/' },
    },
  ],
});

const moveBytes = JSON.stringify(toMove(100)).length + 1;

/** Charizard's document under another name, filled up to `bytes` as PokeAPI's are; as it is where it is longer. */
export const toDocument = (name: string, bytes: number): Buffer => {
  const filled = { ...charizard, name, moves: [] as object[], notes: '' };
  const lacking = (): number => bytes - JSON.stringify(filled).length;
  const moves = Math.max(0, Math.floor(lacking() / moveBytes) - 1);
  filled.moves = Array.from({ length: moves }, (_, id) => toMove(id));
  filled.notes = '.'.repeat(Math.max(0, lacking()));
  return Buffer.from(JSON.stringify(filled));
};
