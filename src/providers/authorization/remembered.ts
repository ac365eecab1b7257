import type { Clock } from '../../platform/clock.ts';
import { currentContext, outsideContext } from '../../platform/context/request-context.ts';
import { unlessAborted } from '../../platform/unless-aborted.ts';

export interface RememberedOptions<T> {
  readonly fetch: () => Promise<T>;
  /** After this the value is renewed in the background, in ms. */
  readonly freshMs: number;
  /** After this it is used no longer, in ms. */
  readonly maxMs: number;
}

/** How long a failure stands for those who ask next. */
const FAILURE_MS = 1_000;

/** A value fetched once for all who ask. The old one is kept while a new one cannot be had, up to `maxMs`. */
export class Remembered<T> {
  #held: { readonly value: T; readonly since: number } | undefined;
  #failure: { readonly error: Error; readonly until: number } | undefined;
  #underWay: Promise<T> | undefined;

  constructor(
    private readonly options: RememberedOptions<T>,
    private readonly clock: Clock,
  ) {}

  /** @throws what fetching it failed with, when there is none to give */
  async get(): Promise<T> {
    const held = this.#held;
    const age = held ? this.clock.now() - held.since : Infinity;
    if (held === undefined || age >= this.options.maxMs) return asRequestWaits(this.renew());
    // Its failure is in its receipt, and remembered.
    if (age >= this.options.freshMs) void this.renew().catch(() => undefined);
    return held.value;
  }

  /** Fetches it now, unless that is under way, or failed a moment ago: then that failure. */
  renew(): Promise<T> {
    if (this.#underWay) return this.#underWay;
    if (this.isFailing) return Promise.reject(this.#failure!.error);
    // For all who wait: it belongs to no request.
    return (this.#underWay = outsideContext(() => this.fetch()).finally(() => (this.#underWay = undefined)));
  }

  /** Resolves when no renewal is under way, however it went. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => undefined);
  }

  /** Whether fetching failed a moment ago. */
  get isFailing(): boolean {
    return this.#failure !== undefined && this.clock.now() < this.#failure.until;
  }

  private async fetch(): Promise<T> {
    const since = this.clock.now();
    try {
      const value = await this.options.fetch();
      this.#held = { value, since };
      this.#failure = undefined;
      return value;
    } catch (error) {
      this.#failure = { error: error as Error, until: this.clock.now() + FAILURE_MS };
      throw error;
    }
  }
}

/** What others wait for as well, for as long as the request at hand is waited for. */
export const asRequestWaits = <T>(shared: Promise<T>): Promise<T> => {
  const context = currentContext();
  return context ? unlessAborted(shared, context.signal) : shared;
};
