export interface Departure {
  /** Without the query string. */
  readonly path: string;
  /** On the clock of `performance.now()`. */
  readonly abortedAtMs: number;
}

/** Remembers which clients closed their connection before they had their whole answer. */
export interface Departures {
  readonly list: readonly Departure[];
  record(path: string): void;
  /** The time of the first departure from this path, past or to come. */
  when(path: string): Promise<number>;
}

export function createDepartures(): Departures {
  const list: Departure[] = [];
  const waiting = new Map<string, ((abortedAtMs: number) => void)[]>();
  return {
    list,
    record: (path) => {
      const abortedAtMs = performance.now();
      list.push({ path, abortedAtMs });
      for (const resolve of waiting.get(path) ?? []) resolve(abortedAtMs);
      waiting.delete(path);
    },
    when: (path) => {
      const past = list.find((departure) => departure.path === path);
      if (past) return Promise.resolve(past.abortedAtMs);
      return new Promise((resolve) => waiting.set(path, [...(waiting.get(path) ?? []), resolve]));
    },
  };
}
