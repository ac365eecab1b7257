import { join } from 'node:path';

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

/** A program of ours, by the parts of its path. */
export const byNode = (...path: string[]): Program['command'] => [process.execPath, join(...path)];
