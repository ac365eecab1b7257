import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';

/** Larger ones are compressed, each for whom it is for. */
const MAX_PAYLOAD_BYTES = 1_023;
const MAX_ANSWERS = 1_024;

/** An answer as it was made before; headers that differ each time are not among its own. */
export interface RememberedAnswer {
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly payload: string;
  /** The template of its route. */
  readonly route: string | undefined;
  /** What its data comes from, and until when that is fresh; all times on the clock's monotonic scale. */
  readonly sources: readonly { readonly cache: string; readonly freshUntil: number }[];
  readonly freshUntil: number;
  /** When the oldest of its data was made. */
  readonly bornAt: number;
  readonly generation: number;
}

/** What of an answer decides whether it may be remembered. */
export interface Answer {
  readonly payload: string;
  readonly route: string | undefined;
  readonly sources: readonly SourceFreshness[];
  /** The generation when its making began. */
  readonly generation: number;
  /** Asked for only when it may. */
  readonly headers: () => readonly string[];
}

/**
 * Answers that can be given again without making them: as long as all they were made of is fresh, and nothing stored
 * has been invalidated since. At most 1,024, each below 1 KiB.
 */
export class RememberedAnswers {
  readonly #answers = new LRUCache<string, RememberedAnswer>({ max: MAX_ANSWERS });

  constructor(
    private readonly clock: Clock,
    /** Changes whenever something stored is invalidated. */
    readonly generation: () => number,
  ) {}

  find(url: string): RememberedAnswer | undefined {
    const answer = this.#answers.get(url);
    if (answer === undefined) return undefined;
    if (answer.generation === this.generation() && this.clock.now() < answer.freshUntil) return answer;
    this.#answers.delete(url);
    return undefined;
  }

  remember(url: string, { headers, payload, route, sources, generation }: Answer): void {
    // A part of it may be from before an invalidation.
    if (generation !== this.generation()) return;
    if (sources.length === 0 || Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES || !sources.every(isForEverybody))
      return;
    const now = this.clock.now();
    const lasting = sources.map((source) => ({
      cache: source.cacheStatus.split(';', 1)[0]!,
      freshUntil: now + source.lifetimeMs - source.ageMs,
    }));
    const freshUntil = Math.min(...lasting.map((source) => source.freshUntil));
    if (freshUntil <= now) return;
    const bornAt = now - toSpentMs(sources);
    const answer = { headers: headers(), payload, route, sources: lasting, freshUntil, bornAt, generation };
    this.#answers.set(url, answer);
  }
}

const isForEverybody = ({ storable, isPrivate }: SourceFreshness): boolean => storable && !isPrivate;

/**
 * Age of the oldest, or what its Cache-Control takes for it if that is more: it adds whole seconds of age to whole
 * seconds that are left, and what it says has to stay true while both change.
 */
const toSpentMs = (sources: readonly SourceFreshness[]): number => {
  const ageMs = Math.max(...sources.map((source) => source.ageMs));
  const leftMs = Math.min(...sources.map((source) => source.lifetimeMs - source.ageMs));
  const browserLeftMs = Math.min(...sources.map((source) => source.browserLifetimeMs - source.ageMs));
  const wholeMs = Math.ceil(ageMs / 1_000) * 1_000;
  return Math.max(ageMs, wholeMs - partOfSecond(leftMs), wholeMs - partOfSecond(browserLeftMs));
};

const partOfSecond = (ms: number): number => ms - Math.floor(ms / 1_000) * 1_000;
