import { OperatorMistake } from '../config/operator-mistake.ts';

/** `DATA_DIR` cannot be used: `wrong` says why and what to do. */
export class DataDirectoryMistake extends OperatorMistake {
  constructor(directory: string, wrong: string, options?: ErrorOptions) {
    super(`DATA_DIR=${directory}: ${wrong}`, options);
    this.name = 'DataDirectoryMistake';
  }
}
