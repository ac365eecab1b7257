import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { sleep } from '../../platform/sleep.ts';
import { Discovery } from './discovery.ts';
import { pipelineFetch } from './pipeline-fetch.ts';
import { publicKeys } from './public-keys.schema.ts';
import { RefetchPause } from './refetch-pause.ts';
import { asRequestWaits, Remembered } from './remembered.ts';
import { invalidAnswer, toErrorAnswer } from './upstream-failures.ts';

const MINUTE_MS = 60_000;

/** The keys as they were at one time; the same object for as long as they are the same keys. */
export interface Keys {
  readonly find: JWTVerifyGetKey;
  readonly print: string;
}

/** What the server signs with (RFC 7517). Old keys serve for up to an hour while it cannot be reached. */
@Injectable()
export class KeySet {
  readonly #keys: Remembered<Keys>;
  readonly #pause: RefetchPause;
  readonly #never = new AbortController().signal;
  #latest: Keys | undefined;
  /** The next look-up, as long as it has not begun. */
  #next: Promise<Keys> | undefined;

  constructor(
    private readonly discovery: Discovery,
    private readonly http: HttpService,
    private readonly clock: Clock,
  ) {
    const fetch = (): Promise<Keys> => this.fetch();
    this.#keys = new Remembered({ fetch, freshMs: 5 * MINUTE_MS, maxMs: 60 * MINUTE_MS }, clock);
    this.#pause = new RefetchPause(clock);
  }

  /** @throws UpstreamError */
  current(): Promise<Keys> {
    return this.#keys.get();
  }

  /**
   * For a token that `tried` do not verify: the keys now, when they are others; undefined when they are not. They are
   * looked up once a second at most, and so the token waits that long. @throws UpstreamError when they cannot be
   */
  async newerThan(tried: Keys): Promise<Keys | undefined> {
    // What began before the token came may have missed its key.
    await asRequestWaits(this.#keys.settled());
    if (this.#latest !== tried) return this.#latest;
    const keys = await asRequestWaits((this.#next ??= outsideContext(() => this.refetch())));
    return keys === tried ? undefined : keys;
  }

  private async refetch(): Promise<Keys> {
    const leftMs = this.#keys.isFailing ? 0 : this.#pause.leftMs;
    await (leftMs > 0 ? sleep(this.clock, leftMs, this.#never) : undefined);
    // From here on it may miss the key of a token that comes.
    this.#next = undefined;
    return this.#keys.renew();
  }

  private async fetch(): Promise<Keys> {
    this.#pause.begin();
    const operation = 'getKeys';
    const url = await this.discovery.find('jwks_uri', operation);
    if (url === undefined) throw invalidAnswer(operation, 'the server names no jwks_uri');
    const headers = { accept: 'application/jwk-set+json, application/json' };
    const response = await pipelineFetch(this.http, operation)(url, { method: 'GET', headers });
    if (!response.ok) throw await toErrorAnswer(operation, response);
    const { data } = publicKeys.safeParse(await response.json().catch(() => undefined));
    if (data === undefined) throw invalidAnswer(operation, 'it is no JWK set, or one of more than 100 keys');
    const print = JSON.stringify(data.keys);
    if (print !== this.#latest?.print) this.#latest = { find: createLocalJWKSet(data as JSONWebKeySet), print };
    return this.#latest;
  }
}
