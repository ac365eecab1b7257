import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mappedCharizard } from './questions.ts';

/** A server that runs as a process of its own; it finds its port in PORT. */
export interface Program {
  name: string;
  /** What is started; the last part is a file. */
  command: readonly [string, ...string[]];
  /** Answers 200 as soon as the server is ready. */
  readyPath: string;
  env: Record<string, string>;
}

/** What is known of a server only when it starts. */
export interface UpstreamPlace {
  /** An empty folder, removed when the server has ended. */
  folder: string;
  port: number;
}

export interface Place extends UpstreamPlace {
  upstreamOrigin: string;
}

/** What a server is started with in addition. */
export interface Preparation {
  args?: readonly string[];
  env?: Record<string, string>;
  stdoutFile?: string;
  /** Ends what was begun for it. */
  cleanUp?: () => Promise<void>;
}

/** The server that the subjects call; it is asked for `/calls` how often they did. */
export interface Upstream extends Program {
  /** What answers there, e.g. 'nginx/1.22.1'. Default: 'Node'. */
  software?: string;
  /** Writes the files it reads at its start. Default: it reads none. */
  prepare?: (place: UpstreamPlace) => Promise<Preparation>;
}

/** A server under measurement; it finds its upstream in POKEAPI_URL. */
export interface Subject extends Program {
  /** Writes the files it reads at its start. Default: it reads none. */
  prepare?: (place: Place) => Promise<Preparation>;
  /** Why this machine cannot run it; it is then left out. */
  lacking?: string | undefined;
}

export const byNode = (file: string): Program['command'] => [process.execPath, join(import.meta.dirname, file)];

export interface UpstreamManner {
  cacheControl: string;
  /** Length of every answer; default 1.9 KB. */
  answerBytes?: number;
  /** How long it takes over an answer; default 0. */
  latencyMs?: number;
}

/** The upstream by Node, which has documents of every name. */
export const upstreamFor = ({ cacheControl, answerBytes = 0, latencyMs = 0 }: UpstreamManner): Upstream => ({
  name: 'upstream',
  command: byNode('upstream.ts'),
  readyPath: '/calls',
  env: { CACHE_CONTROL: cacheControl, ANSWER_BYTES: String(answerBytes), LATENCY_MS: String(latencyMs) },
});

/** The upstream that answers with 1 MB in pieces and does not tell the length, whatever it is asked for. */
export const streamUpstream: Upstream = {
  name: 'upstream',
  command: byNode('stream-upstream.ts'),
  readyPath: '/calls',
  env: {},
};

export const app: Subject = {
  name: 'app',
  command: byNode('../dist/main.js'),
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

export const peer = (name: string, readyPath = mappedCharizard.path): Subject => ({
  name,
  command: byNode(`peers/${name}.ts`),
  readyPath,
  env: {},
});

/** @throws Error when a subject is not built yet */
export const requireBuilt = ({ name, command }: Subject): void => {
  const file = command.at(-1) ?? '';
  if (existsSync(file)) return;
  throw new Error(`${name}: ${file} is missing; run \`npm run build\`, or measure the others with --only`);
};
