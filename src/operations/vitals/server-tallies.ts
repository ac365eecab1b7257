import type { AttemptRecord } from '../../outbound/index.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { SlotRing, type Slot } from './slot-ring.ts';
import { hasFailed, isMade, toTookMs } from './to-told.ts';
import type { LastError, ServerVitals } from './vitals.ts';

/** More than an upstream is likely to have; the one that has been known for longest gives way. */
const MAX_SERVERS = 64;

/** The last 60 s, in quarters. */
const SLOT_MS = 15_000;
const SLOTS = 4;

class ServerSlot implements Slot {
  number = -1;
  attempts = 0;
  failedAttempts = 0;
  readonly latency = new LatencyHistogram();

  clear(): void {
    this.attempts = this.failedAttempts = 0;
    this.latency.clear();
  }
}

interface Server {
  readonly ring: SlotRing<ServerSlot>;
  lastError: LastError | null;
}

/** How each of several servers of one service does. */
export class ServerTallies {
  readonly #servers = new Map<string, Server>();

  /** @param attempt one, or each of the requests that it was made of */
  note(attempt: AttemptRecord, endedAt: number, toError: () => LastError): void {
    if (attempt.server === undefined || !isMade(attempt)) return;
    const server = this.find(attempt.server);
    const slot = server.ring.at(endedAt);
    const tookMs = toTookMs(attempt);
    slot.attempts += 1;
    if (tookMs !== undefined) slot.latency.add(tookMs);
    if (!hasFailed(attempt)) return;
    slot.failedAttempts += 1;
    server.lastError = toError();
  }

  /** Of the last 60 s. */
  read(id: string, now: number): ServerVitals {
    const server = this.#servers.get(id);
    const latency = new LatencyHistogram();
    let [attempts, failedAttempts] = [0, 0];
    for (const slot of server?.ring.until(server.ring.numberAt(now), SLOTS) ?? []) {
      attempts += slot.attempts;
      failedAttempts += slot.failedAttempts;
      latency.merge(slot.latency);
    }
    return { id, attempts, failedAttempts, latency: latency.toLatency(), lastError: server?.lastError ?? null };
  }

  private find(id: string): Server {
    const known = this.#servers.get(id);
    if (known) return known;
    if (this.#servers.size >= MAX_SERVERS) this.forgetOldest();
    const server = { ring: new SlotRing(SLOT_MS, SLOTS, () => new ServerSlot()), lastError: null };
    this.#servers.set(id, server);
    return server;
  }

  private forgetOldest(): void {
    const [oldest] = this.#servers.keys();
    if (oldest !== undefined) this.#servers.delete(oldest);
  }
}
