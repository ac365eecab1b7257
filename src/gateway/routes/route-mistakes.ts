import { OperatorMistake } from '../../platform/config/operator-mistake.ts';

/** One thing that is wrong with a routes file. */
export interface Mistake {
  /** Its place, such as `routes[1].target.endpoints[0]`; empty: the file as a whole. */
  readonly where: string;
  /** With what to write instead. */
  readonly what: string;
}

/** More than anybody reads at once. */
const MAX_TOLD = 1_000;

/** A routes file cannot be used; the message lists everything that is wrong with it, a line each, and none of its secrets. */
export class RouteMistakes extends OperatorMistake {
  /** The lines of the message: file, place, what is wrong, what to write. */
  readonly mistakes: readonly string[];

  /** @param found a string is about the file as a whole */
  constructor(path: string, found: readonly (Mistake | string)[]) {
    const lines = found.map((mistake) => `GATEWAY_ROUTES=${path}: ${toText(mistake)}`);
    const different = [...new Set(lines)];
    const told = different.slice(0, MAX_TOLD);
    super(`The routes have ${different.length} mistake(s):\n${told.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'RouteMistakes';
    this.mistakes = told;
  }
}

const toText = (mistake: Mistake | string): string => {
  if (typeof mistake === 'string') return mistake;
  return mistake.where === '' ? mistake.what : `${mistake.where}: ${mistake.what}`;
};
