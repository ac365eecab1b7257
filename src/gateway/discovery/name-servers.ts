import { ADDRCONFIG, type RecordWithTtl, type SrvRecord } from 'node:dns';
import { Resolver as Channel } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Resolver } from '../../outbound/index.ts';
import type { Answer } from './answer.ts';

/** IPv4, IPv6. */
export type AddressAnswers = readonly [Answer<string>, Answer<string>];

/** For one server; each is tried twice before the question is given up. */
const TRY_MS = 1_000;
const TRIES = 2;

const LOCALHOST = /(^|\.)localhost\.?$/;
const CANCELLED = { kind: 'failed', reason: 'ECANCELLED' } as const;
const NONE: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * For one round of questions: it reads anew what the system's name servers are. Never fails; what does is an answer.
 * Where no servers are given, a name that they do not know may still be known to this machine: its hosts file and search
 * domains are asked second, and first about `localhost`.
 */
export class NameServers {
  readonly #channel = new Channel({ timeout: TRY_MS, tries: TRIES, maxTimeout: TRY_MS });
  #isCancelled = false;

  /** @throws TypeError when one of `servers` is no address, with or without a port */
  constructor(
    servers: readonly string[],
    private readonly system: Resolver,
    private readonly asksSystem = servers.length === 0,
  ) {
    if (servers.length > 0) this.#channel.setServers(servers);
  }

  async addresses(name: string): Promise<AddressAnswers> {
    if (this.#isCancelled) return [CANCELLED, CANCELLED];
    if (isIP(name) !== 0 || (this.asksSystem && LOCALHOST.test(name))) return this.lookUp(name);
    const answers = await Promise.all([
      toAnswer(this.#channel.resolve4(name, { ttl: true })),
      toAnswer(this.#channel.resolve6(name, { ttl: true })),
    ]);
    if (!this.asksSystem || !answers.every(isUnheardOf)) return answers;
    const found = await this.lookUp(name);
    return found.some(({ kind }) => kind === 'records') ? found : answers;
  }

  async services(name: string): Promise<Answer<SrvRecord>> {
    if (this.#isCancelled) return CANCELLED;
    return this.#channel.resolveSrv(name).then((records) => ({ kind: 'records', records }), toFailure);
  }

  /** What is not answered yet fails at once, and whatever is asked from now on. */
  cancel(): void {
    this.#isCancelled = true;
    this.#channel.cancel();
  }

  private lookUp(name: string): Promise<AddressAnswers> {
    return new Promise((resolve) => {
      this.system.lookup(name, { all: true, hints: ADDRCONFIG }, (error, found) => {
        const failure = error && toFailure(error);
        const ofFamily = (family: number): Answer<string> => {
          const records = found?.filter((one) => one.family === family).map(({ address }) => address) ?? [];
          return failure ?? (records.length > 0 ? { kind: 'records', records } : { kind: 'none' });
        };
        resolve([ofFamily(4), ofFamily(6)]);
      });
    });
  }
}

/** Nobody knows it, or nobody is there who could. */
const isUnheardOf = (answer: Answer<string>): boolean =>
  answer.kind === 'none' || (answer.kind === 'failed' && answer.reason === 'ECONNREFUSED');

const toAnswer = (question: Promise<RecordWithTtl[]>): Promise<Answer<string>> =>
  question.then(
    (found) => ({
      kind: 'records',
      records: found.map(({ address }) => address),
      ttlMs: 1_000 * Math.min(...found.map(({ ttl }) => ttl)),
    }),
    toFailure,
  );

const toFailure = ({ code = 'unknown' }: NodeJS.ErrnoException): Answer<never> =>
  NONE.has(code) ? { kind: 'none' } : { kind: 'failed', reason: code };
