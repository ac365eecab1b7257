import { Pool } from 'undici';
import type { Question } from '../questions/questions.ts';

/** A caller that asks again as soon as it has its answer, always on the same connection. */
export interface LoneCaller {
  /** From each request to the last byte of its answer, in ms. @throws Error for another answer than the expected one */
  ask: (seconds: number) => Promise<number[]>;
  close: () => Promise<void>;
}

const timeoutMs = 5_000;

const askOnce = async (pool: Pool, { path, answer }: Question): Promise<number> => {
  const startedAtMs = performance.now();
  const { statusCode, body } = await pool.request({ method: 'GET', path });
  const text = await body.text();
  const latencyMs = performance.now() - startedAtMs;
  if (statusCode === 200 && text === answer) return latencyMs;
  throw new Error(`asked for ${path}, was answered ${statusCode} ${text.slice(0, 500)}`);
};

export const createLoneCaller = (origin: string, question: Question): LoneCaller => {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  // Longer than a whole run, in which the others have their turns as well.
  const pool = new Pool(origin, { connections: 1, pipelining: 1, keepAliveTimeout: 600_000, ...limits });
  return {
    ask: async (seconds) => {
      const latenciesMs: number[] = [];
      const endAtMs = performance.now() + seconds * 1_000;
      while (performance.now() < endAtMs) latenciesMs.push(await askOnce(pool, question));
      return latenciesMs;
    },
    close: () => pool.destroy(),
  };
};
