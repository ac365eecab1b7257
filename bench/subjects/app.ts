import { existsSync } from 'node:fs';
import { byNode, type Subject } from '../servers/program.ts';

/** Breakwater as it ships. */
export const app: Subject = {
  name: 'app',
  command: byNode(import.meta.dirname, '../../dist/main.js'),
  readyPath: '/health/live',
  // Room for every connection of the load: what is measured is the cost of a call, not the refusal of one.
  // With a token for operators, as in production: without one every caller on this machine is one of them.
  env: {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    OPS_TOKEN: 'of-nobody-in-this-run',
    POKEAPI_MAX_CONCURRENT: '1024',
    POKEAPI_MAX_QUEUED: '1024',
  },
};

/** @throws Error when a subject is not built yet */
export const requireBuilt = ({ name, command }: Subject): void => {
  const file = command.at(-1) ?? '';
  if (existsSync(file)) return;
  throw new Error(`${name}: ${file} is missing; run \`npm run build\`, or measure the others with --only`);
};
