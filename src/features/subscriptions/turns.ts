import type { Clock } from '../../platform/clock.ts';

/** Shortest pause between two turns that are given out. */
const LEAST_GAP_MS = 50;

interface Line {
  /** When each of those under way began, the oldest first. */
  readonly begunAt: number[];
  lastTookMs: number;
  nextTurnAt: number;
}

/**
 * Lets a few at a time do something for each key. Who comes too early is not made to wait: it is told when to come again,
 * each at a time of its own, as fast as the ones before were done. Keeps nothing of keys that nobody is busy with.
 */
export class Turns {
  readonly #lines = new Map<string, Line>();

  constructor(
    private readonly atOnce: number,
    private readonly clock: Clock,
  ) {}

  /** Undefined: it may begin, and has to `end`. Else in how many ms it is its turn. */
  begin(key: string): number | undefined {
    const line = this.#lines.get(key) ?? { begunAt: [], lastTookMs: 0, nextTurnAt: 0 };
    if (line.begunAt.length >= this.atOnce) return this.turnOf(line);
    line.begunAt.push(this.clock.now());
    this.#lines.set(key, line);
    return undefined;
  }

  end(key: string): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    line.lastTookMs = this.clock.now() - line.begunAt.shift()!;
    if (line.begunAt.length === 0) this.#lines.delete(key);
  }

  private turnOf(line: Line): number {
    const now = this.clock.now();
    const tookMs = Math.max(line.lastTookMs, now - line.begunAt[0]!);
    line.nextTurnAt = Math.max(now, line.nextTurnAt) + Math.max(LEAST_GAP_MS, tookMs / this.atOnce);
    return Math.ceil(line.nextTurnAt - now);
  }
}
