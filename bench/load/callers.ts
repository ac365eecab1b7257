import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Inquiry {
  /** Mean time between an answer and the same caller's next request; it varies, so that callers do not fall in step. */
  pauseMs: number;
  /** The Pokémon to ask for next; undefined ends the caller. */
  next: () => string | undefined;
  onAnswer?: (name: string, latencyMs: number) => void;
}

/** Callers of `GET /api/v1/pokemon/:name`, each on a connection of its own that lasts until `close`. */
export interface Callers {
  /** Until every caller has ended. @throws Error for an answer that is not the Pokémon asked for */
  inquire: (inquiry: Inquiry) => Promise<void>;
  close: () => Promise<void>;
}

const timeoutMs = 5_000;

const ask = async (pool: Pool, name: string): Promise<void> => {
  const { statusCode, body } = await pool.request({ method: 'GET', path: `/api/v1/pokemon/${name}` });
  const text = await body.text();
  if (statusCode === 200 && text.includes(`"name":"${name}"`)) return;
  throw new Error(`asked for ${name}, the app answered ${statusCode} ${text.slice(0, 500)}`);
};

const runCaller = async (pool: Pool, { pauseMs, next, onAnswer }: Inquiry): Promise<void> => {
  for (let name = next(); name !== undefined; name = next()) {
    const startedAtMs = performance.now();
    await ask(pool, name);
    onAnswer?.(name, performance.now() - startedAtMs);
    if (pauseMs > 0) await delay(Math.random() * 2 * pauseMs);
  }
};

export const createCallers = (origin: string, count: number): Callers => {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs };
  const pool = new Pool(origin, { connections: count, pipelining: 1, ...limits });
  return {
    inquire: async (inquiry) => {
      await Promise.all(Array.from({ length: count }, () => runCaller(pool, inquiry)));
    },
    close: () => pool.destroy(),
  };
};
