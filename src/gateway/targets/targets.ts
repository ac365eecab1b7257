import { Injectable } from '@nestjs/common';
import { TargetOpener, type Wanted } from './open-target.ts';
import type { Target } from './target.ts';

/** What routes of a table to come lead to. */
export interface Prepared {
  /** @throws TypeError when it was not asked for */
  of(wanted: Wanted): Target;
  /** From now on these are the ones, and those that only the table before had are closed when they are free. */
  commit(): void;
}

/**
 * Targets outlive the table of routes: what a new one says exactly as the one before, connections, circuits and all that
 * is known of servers included, goes on as it is.
 */
@Injectable()
export class Targets {
  #present: ReadonlyMap<string, Target> = new Map();

  constructor(private readonly opener: TargetOpener) {}

  /** Never two at a time. */
  async prepare(all: readonly Wanted[]): Promise<Prepared> {
    const next = new Map<string, Target>();
    const open = async (wanted: Wanted): Promise<void> => {
      const key = toKey(wanted);
      next.set(key, this.#present.get(key) ?? (await this.opener.open(wanted)));
    };
    await Promise.all(all.map(open));
    return {
      of: (wanted) => find(next, wanted),
      commit: () => {
        const before = this.#present;
        this.#present = next;
        for (const [key, target] of before) if (!next.has(key)) target.retire();
      },
    };
  }
}

const toKey = (wanted: Wanted): string => JSON.stringify(wanted);

const find = (targets: ReadonlyMap<string, Target>, wanted: Wanted): Target => {
  const target = targets.get(toKey(wanted));
  if (target === undefined) throw new TypeError(`Nobody asked for the target of ${wanted.name}`);
  return target;
};
