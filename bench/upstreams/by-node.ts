import { byNode, type Program, type Upstream } from '../servers/program.ts';

/** One of `bench/upstreams/programs`. */
export const upstreamCommand = (name: string): Program['command'] =>
  byNode(import.meta.dirname, 'programs', `${name}.ts`);

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
  command: upstreamCommand('documents'),
  readyPath: '/calls',
  env: { CACHE_CONTROL: cacheControl, ANSWER_BYTES: String(answerBytes), LATENCY_MS: String(latencyMs) },
});

/** The upstream that answers with 1 MB in pieces and does not tell the length, whatever it is asked for. */
export const streamUpstream: Upstream = {
  name: 'upstream',
  command: upstreamCommand('stream'),
  readyPath: '/calls',
  env: {},
};
