import { collectGarbage } from './collect-garbage.ts';
import { keepTickShape } from './keep-tick-shape.ts';

/**
 * Gives back what only starting needed: loading the modules grows V8's young generation to 64 MB,
 * and without this call an idle process keeps it (measured: 150 MB resident before, 115 MB after, 0.1 s once).
 */
export const releaseStartMemory = (): void => {
  keepTickShape();
  collectGarbage({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};
