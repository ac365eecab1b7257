import { toRequests, type CallReceipt, type Provider } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { MINUTE_MS } from '../../platform/durations.ts';
import { LastSaid } from './last-said.ts';
import { ServerTallies } from './server-tallies.ts';
import { SlotRing } from './slot-ring.ts';
import { toStanding, type Standing } from './standing.ts';
import { Tally } from './tally.ts';
import { toAttemptError } from './to-last-error.ts';
import { toPoint, toWindow } from './to-window.ts';
import type { Vitals, VitalsPoint } from './vitals.ts';

const SLOT_MS = 5_000;
const LATELY_SLOTS = MINUTE_MS / SLOT_MS;

/** 5 minutes that are over, and the stretch that is not. */
const HISTORY_SLOTS = 60;

interface WatchedParts {
  /** When watching began. */
  readonly beganAt: number;
  /** The provider as it is now; undefined when there is none of that name any more. */
  readonly find: () => Provider | undefined;
  /** Receipts of the calls that are under way, of all providers, those that began first first. */
  readonly receipts: { readonly underWay: Iterable<CallReceipt> };
}

/** What is known of one external service: 84 KB at most, and 6 KB for each of several servers. */
export class WatchedProvider {
  readonly #ring = new SlotRing(SLOT_MS, HISTORY_SLOTS + 1, () => new Tally());
  readonly #servers = new ServerTallies();
  readonly #said: LastSaid;
  #standing: Standing;
  #assessed = -1;
  #busySince: number | undefined;
  #circuitSince: number | undefined;
  #lastCallAt: number;
  #hasServers = false;

  constructor(
    private readonly clock: Clock,
    private readonly parts: WatchedParts,
  ) {
    this.#said = new LastSaid(clock);
    this.#lastCallAt = parts.beganAt;
    this.#standing = { verdict: 'idle', since: parts.beganAt, why: '' };
  }

  note(receipt: CallReceipt): void {
    const endedAt = receipt.startedAt + receipt.durationMs;
    // At most once each 5 s, before anything of the new stretch counts: so no trouble goes unseen because nobody looks.
    if (this.#ring.numberAt(endedAt) !== this.#assessed) this.assess(this.parts.find());
    if (this.#busySince === undefined || endedAt - this.#lastCallAt >= MINUTE_MS) this.#busySince = receipt.startedAt;
    this.#lastCallAt = endedAt;
    if (receipt.circuit === 'closed') this.#circuitSince = undefined;
    else if (receipt.circuit !== undefined) this.#circuitSince ??= receipt.startedAt;
    this.#ring.at(endedAt).note(receipt);
    this.#said.note(receipt);
    if (this.#hasServers) this.noteServers(receipt, endedAt);
  }

  read(provider: Provider): Vitals {
    const now = this.clock.now();
    const { verdict, since, why } = this.assess(provider);
    const { endpoints = [] } = provider.status;
    return {
      verdict,
      since: new Date(this.clock.wallTime() - (now - since)).toISOString(),
      why,
      lately: this.toLately(now),
      ...this.#said.read(),
      servers: endpoints.map(({ id }) => this.#servers.read(id, now)),
    };
  }

  history(): VitalsPoint[] {
    const now = this.clock.now();
    const current = this.#ring.numberAt(now);
    const offsetMs = this.clock.wallTime() - now;
    return Array.from({ length: HISTORY_SLOTS }, (_, index) => {
      const number = current - HISTORY_SLOTS + index;
      return toPoint(this.#ring.find(number), Math.round((number + 1) * SLOT_MS + offsetMs));
    });
  }

  private assess(provider: Provider | undefined): Standing {
    const now = this.clock.now();
    this.#assessed = this.#ring.numberAt(now);
    if (provider === undefined) return this.#standing;
    const { status, options: patience } = provider;
    this.#hasServers = status.endpoints !== undefined;
    if (status.circuit === 'closed') this.#circuitSince = undefined;
    const [busySince, circuitSince, lastCallAt] = [this.#busySince, this.#circuitSince, this.#lastCallAt];
    const calls = { busySince, circuitSince, lastCallAt, receipts: this.parts.receipts.underWay };
    const course = { ring: this.#ring, now, ...calls, provider: provider.name, status, patience };
    return (this.#standing = toStanding(course, this.#standing));
  }

  private toLately(now: number): Vitals['lately'] {
    const current = this.#ring.numberAt(now);
    const beganAt = Math.max(this.parts.beganAt, (current - LATELY_SLOTS + 1) * SLOT_MS);
    return toWindow(this.#ring.until(current, LATELY_SLOTS), Math.max(1, Math.round(now - beganAt)));
  }

  private noteServers(receipt: CallReceipt, endedAt: number): void {
    for (const request of receipt.attempts.flatMap(toRequests)) {
      const toError = () => toAttemptError(request, receipt, new Date(this.clock.wallTime()).toISOString());
      this.#servers.note(request, endedAt, toError);
    }
  }
}
