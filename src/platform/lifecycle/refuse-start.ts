import { ConfigError } from '../config/config-error.ts';
import { OperatorMistake } from '../config/operator-mistake.ts';

/** Says on stderr why the process does not start, and ends it. What an operator can mend comes without a stack. */
export const refuseStart = (error: unknown): never => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
};

const placeOf = (mistake: OperatorMistake): string =>
  mistake instanceof ConfigError ? 'the environment or .env' : 'it';

const explain = (error: unknown): string => {
  if (error instanceof OperatorMistake)
    return `${error.message}\nNothing was started. Correct ${placeOf(error)} and start again.`;
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `PORT=${port}: ${address}:${port} is taken; stop what listens there or choose another PORT.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `HOST=${address}, PORT=${port}: cannot listen there (${code}); choose others.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
