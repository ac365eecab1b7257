import { OperatorMistake } from './operator-mistake.ts';

/** One thing wrong with the configuration: where, what stands there, what to do about it. */
export interface ConfigProblem {
  readonly variable: string;
  /** As it may be shown; secrets never get here. */
  readonly value: string;
  readonly remedy: string;
}

/** The start is refused; the message lists every problem there is, not just the first. */
export class ConfigError extends OperatorMistake {
  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ variable, value, remedy }) => `  ${variable}=${value}: ${remedy}`);
    super(`The configuration has ${problems.length} problem(s):\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}
