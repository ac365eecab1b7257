import type { HeaderMap } from '../http/header-map.ts';
import { toAheadAt } from './ahead-at.ts';

/** Times that an entry is served fresh by which it is worth fetching anew before it goes stale. */
const HOT_HITS = 3;

/** How long a stored response is good for; all times are milliseconds of its age (RFC 9111 §4.2). */
export interface Freshness {
  /** Fresh until it is this old; 0 when it has to be validated before every use. */
  readonly lifetimeMs: number;
  /** The same for caches of single users, such as browsers: without `s-maxage` and fields targeted at us. */
  readonly browserLifetimeMs: number;
  /** How long after that it may still be served while it is fetched anew (RFC 5861 §3). */
  readonly staleWhileRevalidateMs: number;
  /** How long after that it may still be served when it cannot be fetched anew (RFC 5861 §4). */
  readonly staleIfErrorMs: number;
  /** Whether a caller may ask for it although it is stale: not when the upstream wants every use validated. */
  readonly mayServeStale: boolean;
}

export interface CacheEntryParts {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly body: Buffer;
  readonly freshness: Freshness;
  /** How old it was when it came, in ms. */
  readonly initialAgeMs: number;
  /** When it came or was last validated, on the clock's monotonic scale. */
  readonly receivedAt: number;
  /** How long it is worth keeping, from `receivedAt`, in ms. */
  readonly keepMs: number;
  /** What it can be invalidated by: `CacheStore.invalidate`. */
  readonly tags: readonly string[];
  /** A signpost only: the request headers that tell its variants apart (RFC 9111 §4.1). */
  readonly variesOn?: readonly string[] | undefined;
}

/** A stored response, or the signpost to its variants. Immutable, but for what this process made of it and counts. */
export class CacheEntry {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly body: Buffer;
  readonly freshness: Freshness;
  readonly initialAgeMs: number;
  readonly receivedAt: number;
  readonly keepMs: number;
  readonly tags: readonly string[];
  readonly variesOn: readonly string[] | undefined;
  /** What a schema made of the body, deeply frozen: so that it is parsed once. Not kept beyond this process. */
  parsed: { readonly schema: object; readonly value: unknown } | undefined;
  #hits = 0;
  #aheadAt: number;

  constructor(parts: CacheEntryParts) {
    this.status = parts.status;
    this.headers = parts.headers;
    this.body = parts.body;
    this.freshness = parts.freshness;
    this.initialAgeMs = parts.initialAgeMs;
    this.receivedAt = parts.receivedAt;
    this.keepMs = parts.keepMs;
    this.tags = parts.tags;
    this.variesOn = parts.variesOn;
    this.parsed = undefined;
    this.#aheadAt = toAheadAt(parts);
  }

  /** How long it stays fresh, in ms; negative when it is stale. */
  ttlAt(now: number): number {
    return this.freshness.lifetimeMs - this.ageAt(now);
  }

  /** How old it is, in ms (RFC 9111 §4.2.3). */
  ageAt(now: number): number {
    return this.initialAgeMs + Math.max(0, now - this.receivedAt);
  }

  /** It has been served fresh, once more. */
  noteHit(): void {
    this.#hits += 1;
  }

  /** Fresh still, but not for long, and much asked for in this process: time to fetch it anew. */
  isDueAhead(now: number): boolean {
    return now >= this.#aheadAt && this.#hits >= HOT_HITS;
  }

  /** It is being fetched anew: that happens once only. */
  takeAhead(): void {
    this.#aheadAt = Infinity;
  }

  /** Its headers as a response made of it has them: with its age, in whole seconds (RFC 9111 §5.1). */
  headersAt(now: number): HeaderMap {
    return { ...this.headers, age: String(Math.floor(this.ageAt(now) / 1_000)) };
  }
}
