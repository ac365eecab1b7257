import type { FaultRequest } from './request-reader.ts';

export interface Processed {
  readonly total: number;
  /** By path without the query string. */
  readonly byPath: ReadonlyMap<string, number>;
}

/** What an upstream would find in its database afterwards: which requests had their effect, and how often. */
export interface Ledger {
  readonly processed: Processed;
  /** How often the effect under this `Idempotency-Key` ran. */
  executions(key: string): number;
  /** Runs the effect, unless the request's `Idempotency-Key` is known: then its stored result comes back. */
  perform(request: FaultRequest, effect: (timesOnThisPath: number) => string): Performed;
}

export interface Performed {
  readonly result: string;
  readonly repeated: boolean;
}

export function createLedger(): Ledger {
  const byPath = new Map<string, number>();
  const executions = new Map<string, number>();
  const results = new Map<string, string>();
  let total = 0;
  const run = (request: FaultRequest, effect: (timesOnThisPath: number) => string): string => {
    total += 1;
    return effect(increment(byPath, request.path));
  };
  return {
    processed: {
      byPath,
      get total() {
        return total;
      },
    },
    executions: (key) => executions.get(key) ?? 0,
    perform: (request, effect) => {
      const key = request.headers['idempotency-key'];
      if (key === undefined) return { result: run(request, effect), repeated: false };
      const known = results.get(key);
      if (known !== undefined) return { result: known, repeated: true };
      const result = run(request, effect);
      results.set(key, result);
      increment(executions, key);
      return { result, repeated: false };
    },
  };
}

function increment(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}
