import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import type { Judgement, Verdict } from './judgement.ts';
import { asRequestWaits } from './remembered.ts';

interface KeptVerdict {
  readonly verdict: Verdict;
  readonly until: number;
}

const ENTRIES_AT_MOST = 10_000;
const BYTES_AT_MOST = 33_554_432;

/** Beside the token, which is kept twice: as it came, and as what it says. */
const ENTRY_BYTES = 500;

/** Verdicts on tokens, under their digests. Refused tokens never push out good ones. */
@Injectable()
export class VerdictMemory {
  readonly #accepted = new LRUCache<string, KeptVerdict>({ max: ENTRIES_AT_MOST, maxSize: BYTES_AT_MOST });
  readonly #refused = new LRUCache<string, KeptVerdict>({ max: ENTRIES_AT_MOST });
  readonly #underWay = new Map<string, Promise<Verdict>>();

  constructor(private readonly clock: Clock) {}

  /**
   * What is remembered of `token`; or what `judge` says, which is asked once for all who present it meanwhile.
   * @param isFull false when `judge` does not find out all that it might: nobody else gets to hear that
   */
  verdictOn(token: string, judge: () => Promise<Judgement>, isFull = true): Promise<Verdict> {
    const key = hash('sha256', token, 'base64');
    const kept = this.#accepted.get(key) ?? this.#refused.get(key);
    if (kept && this.clock.now() < kept.until) return Promise.resolve(kept.verdict);
    const shared = this.#underWay.get(key);
    return asRequestWaits(shared ?? (isFull ? this.begin(key, token, judge) : this.judge(key, token, judge)));
  }

  private begin(key: string, token: string, judge: () => Promise<Judgement>): Promise<Verdict> {
    const verdict = this.judge(key, token, judge).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, verdict);
    return verdict;
  }

  private async judge(key: string, token: string, judge: () => Promise<Judgement>): Promise<Verdict> {
    return this.keep(key, token, await outsideContext(judge));
  }

  private keep(key: string, token: string, { verdict, keepMs }: Judgement): Verdict {
    this.#accepted.delete(key);
    this.#refused.delete(key);
    if (keepMs <= 0) return verdict;
    const kept = { verdict, until: this.clock.now() + keepMs };
    if ('caller' in verdict) this.#accepted.set(key, kept, { size: ENTRY_BYTES + 3 * token.length });
    else this.#refused.set(key, kept);
    return verdict;
  }
}
