import { mappedCharizard } from '../questions/questions.ts';
import { byNode, type Subject } from '../servers/program.ts';

/** A program of `bench/peers`. */
export const peer = (name: string, readyPath = mappedCharizard.path): Subject => ({
  name,
  command: byNode(import.meta.dirname, '../peers', `${name}.ts`),
  readyPath,
  env: {},
});
