import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PokeApiStandIn } from '../pokeapi.stand-in.ts';

const POLL_INTERVAL_MS = 50;
const READY_TIMEOUT_MS = 30_000;

interface Expected {
  readonly url: string;
  /** The upstream that this very application was started with. */
  readonly pokeApi: PokeApiStandIn;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/** Waits until the application answers at `url`. @throws Error when that takes too long, or the signal's reason */
export const untilReady = async (expected: Expected): Promise<void> => {
  const giveUpAt = performance.now() + READY_TIMEOUT_MS;
  while (!(await isReady(expected))) {
    if (performance.now() > giveUpAt) throw new Error(`${expected.url} was not ready within ${READY_TIMEOUT_MS} ms`);
    await delay(POLL_INTERVAL_MS, undefined, { signal: expected.signal });
  }
};

const isReady = async (expected: Expected): Promise<boolean> => {
  try {
    const { ok } = await fetch(`${expected.url}/health/ready`, { signal: expected.signal });
    return ok && (await isOurs(expected));
  } catch {
    return false;
  }
};

/** On a port that is taken somebody else may answer, until ours has noticed: only ours asks our stand-in. */
const isOurs = async ({ url, pokeApi, signal }: Expected): Promise<boolean> => {
  const id = randomUUID();
  await fetch(`${url}/api/v1/getCharizard`, { headers: { 'x-request-id': id }, signal });
  return pokeApi.requests.some(({ headers }) => headers['x-request-id'] === id);
};
