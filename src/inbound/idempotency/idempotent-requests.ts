import { randomUUID } from 'node:crypto';
import { Clock } from '../../platform/clock.ts';
import { Records, RecordsUnavailable } from '../../platform/records/records.ts';
import { inFlight, judgeKept } from './judge-kept.ts';
import { COLLECTION, KEPT_FOR_MS, type KeptRequest } from './kept-request.ts';
import type { Persistence } from './persistence.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** Clocks of several machines differ; and what is cancelled at its deadline takes a moment to end. */
const MARGIN_MS = 10_000;

/** What is released is not kept, but for a moment: removing it could remove what another made of it. */
const FORGOTTEN_AFTER_MS = 60_000;

/** Each is lost only to another request with the same key. */
const MAX_TRIES = 3;

export interface KeyedRequest {
  /** Of caller and key. */
  readonly id: string;
  readonly fingerprint: string;
  /** It may be done again when nobody knows whether it was. */
  readonly mayRepeat: boolean;
  /** Until when it may be worked on, on the clock's monotonic scale. */
  readonly deadlineAt: number;
}

/** The right to carry out a request, which no other has at the same time. */
export interface Claim {
  readonly id: string;
  readonly version: number;
  readonly fingerprint: string;
}

/** Sees to it that of the requests with one key, one is carried out, and the others get its answer. */
export class IdempotentRequests {
  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
    private readonly persistence: Persistence,
  ) {}

  /**
   * The claim, or what the request was answered before.
   * @throws IdempotencyRefusal; RecordsUnavailable, and then nothing may be done
   */
  async claim(request: KeyedRequest): Promise<Claim | StoredAnswer> {
    const holder = randomUUID();
    try {
      return await this.tryToClaim(request, holder);
    } catch (error) {
      // It may have been written all the same, and nobody is at work.
      if (error instanceof RecordsUnavailable) this.persistence.catchUp(() => this.disclaim(request.id, holder));
      throw error;
    }
  }

  /** Keeps how it ended. Null: the answer is too large to be kept. */
  answer(claim: Claim, answer: StoredAnswer | null): Promise<void> {
    return this.settle(claim, { state: 'answered', fingerprint: claim.fingerprint, answer });
  }

  /** Nothing was done: the key is as good as new. */
  release({ id, version }: Pick<Claim, 'id' | 'version'>): Promise<void> {
    return this.settle({ id, version }, { state: 'free', fingerprint: null }, FORGOTTEN_AFTER_MS);
  }

  /** It may have been done, and may be done again by the same request. */
  reopen(claim: Claim): Promise<void> {
    return this.settle(claim, { state: 'free', fingerprint: claim.fingerprint });
  }

  private async tryToClaim(request: KeyedRequest, holder: string): Promise<Claim | StoredAnswer> {
    const { id, fingerprint, mayRepeat } = request;
    const value = this.toWorking(request, holder);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (await this.records.insert<KeptRequest>(COLLECTION, { id, value, ttlMs: KEPT_FOR_MS }))
        return { id, fingerprint, version: 1 };
      const kept = await this.records.get<KeptRequest>(COLLECTION, id);
      if (kept === undefined) continue;
      const answer = judgeKept(kept.value, { fingerprint, mayRepeat, now: this.clock.wallTime() });
      if (answer) return answer;
      const change = { value, ttlMs: KEPT_FOR_MS };
      if (await this.records.replace<KeptRequest>(COLLECTION, id, kept.version, change))
        return { id, fingerprint, version: kept.version + 1 };
    }
    throw inFlight();
  }

  private toWorking({ fingerprint, deadlineAt }: KeyedRequest, holder: string): KeptRequest {
    const leftMs = Math.min(Math.max(deadlineAt - this.clock.now(), 0), KEPT_FOR_MS);
    const until = this.clock.wallTime() + leftMs + MARGIN_MS;
    return { state: 'working', fingerprint, holder, until };
  }

  /** False is fine, too: its time ran out, and another has it now. */
  private settle({ id, version }: Pick<Claim, 'id' | 'version'>, value: KeptRequest, ttlMs?: number): Promise<void> {
    const change = { value, ...(ttlMs === undefined ? {} : { ttlMs }) };
    return this.persistence.insist(async () => void (await this.records.replace(COLLECTION, id, version, change)));
  }

  private async disclaim(id: string, holder: string): Promise<void> {
    const kept = await this.records.get<KeptRequest>(COLLECTION, id);
    if (kept?.value.state !== 'working' || kept.value.holder !== holder) return;
    const change = { value: { state: 'free', fingerprint: null }, ttlMs: FORGOTTEN_AFTER_MS };
    await this.records.replace(COLLECTION, id, kept.version, change);
  }
}
