import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A server that runs as a process of its own; it finds its port in PORT. */
export interface Program {
  name: string;
  mainFile: string;
  /** Answers 200 as soon as the server is ready. */
  readyPath: string;
  env: Record<string, string>;
}

/** A server under measurement; it finds its upstream in POKEAPI_URL. */
export type Subject = Program;

export const measuredPath = '/api/v1/getCharizard';

/** What every subject must answer on `measuredPath`, byte for byte. */
export const expectedAnswer = JSON.stringify({
  id: 6,
  name: 'charizard',
  image: 'https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/6.png',
  height: '170 cm',
  weight: '90.5 kg',
});

export interface UpstreamManner {
  cacheControl: string;
  /** Length of every answer; default 1.9 KB. */
  answerBytes?: number;
  /** How long it takes over an answer; default 0. */
  latencyMs?: number;
}

/** The server that the subjects call; `/calls` says how often they did. */
export const upstreamFor = ({ cacheControl, answerBytes = 0, latencyMs = 0 }: UpstreamManner): Program => ({
  name: 'upstream',
  mainFile: join(import.meta.dirname, 'upstream.ts'),
  readyPath: '/calls',
  env: { CACHE_CONTROL: cacheControl, ANSWER_BYTES: String(answerBytes), LATENCY_MS: String(latencyMs) },
});

export const app: Subject = {
  name: 'app',
  mainFile: join(import.meta.dirname, '../dist/main.js'),
  readyPath: '/health/live',
  // Room for every connection of the load: what is measured is the cost of a call, not the refusal of one.
  env: { HOST: '127.0.0.1', LOG_LEVEL: 'warn', POKEAPI_MAX_CONCURRENT: '256', POKEAPI_MAX_QUEUED: '256' },
};

export const peer = (name: string): Subject => ({
  name,
  mainFile: join(import.meta.dirname, 'peers', `${name}.ts`),
  readyPath: measuredPath,
  env: {},
});

/** @throws Error when a subject is not built yet */
export const requireBuilt = ({ name, mainFile }: Subject): void => {
  if (existsSync(mainFile)) return;
  throw new Error(`${name}: ${mainFile} is missing; run \`npm run build\`, or measure the others with --only`);
};
