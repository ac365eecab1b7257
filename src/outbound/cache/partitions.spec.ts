import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { CallPlan } from '../http/call-plan.ts';
import { path } from '../http/path.ts';
import type { CacheOutcome } from './cache-outcome.ts';

/** With a credential or without, and perhaps without saying whose it is. */
interface Asker {
  readonly name: string;
  readonly principal?: { readonly id: string; readonly isCaller: boolean };
}

/** What an answer says of itself: for whom it was made, and by which headers it may be kept. */
const answer = z.object({ who: z.string(), said: z.string(), vary: z.string() });
type Made = z.infer<typeof answer>;

const declared = (name: string, isCaller: boolean): Asker => ({ name, principal: { id: `issuer ${name}`, isCaller } });
const NOBODY: Asker = { name: 'nobody' };
const ASKERS: readonly Asker[] = [
  ...[declared('ann', true), declared('bob', true), declared('ann write', true), declared('service', false)],
  ...[{ name: 'undeclared x' }, { name: 'undeclared y' }, NOBODY],
];
const SAID = [
  ...['max-age=2', 'public, max-age=2', 's-maxage=2', 'max-age=1, must-revalidate', 'public, no-cache', 'no-store'],
  ...['private, max-age=9', 'max-age=1, stale-while-revalidate=9', 'public, max-age=1, stale-if-error=9', 'public', ''],
  ...['s-maxage=0, stale-while-revalidate=9, stale-if-error=9', 'private="x-none", max-age=2', 'immutable, max-age=9'],
];
const VARY = ['', '', '', 'accept-language', 'authorization', 'x-none, accept-language', '*'];
const WISHES = ['', '', '', '', '', '', 'no-cache', 'max-stale', 'only-if-cached', 'no-store', 'max-age=0'];
const OPERATIONS = {
  getThing: {},
  keepThing: { cache: { ttlMs: 2_000, staleIfErrorMs: 9_000 } },
  shareThing: { collapse: true },
  passThing: { cache: 'off', collapse: true },
} as const;
let listening: Listening;
let built: BuiltProvider;
let clock: FakeClock;
let random: () => number;

/** The same numbers for the same seed. */
const seeded = (seed: number) => (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;

const below = (limit: number): number => Math.floor(random() * limit);
const oneOf = <T>(list: readonly T[]): T => list[below(list.length)]!;

/** Names who asked, by the credential: `Bearer <name>.<number>`. Its ETag is the same for all, as careless ones are. */
const answerAsker = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
  const who = /^Bearer (.*)\./.exec(request.headers.authorization ?? '')?.[1] ?? NOBODY.name;
  const [said, vary, hasTag, status] = [oneOf(SAID), oneOf(VARY), below(2) === 0, below(8) === 0 ? 503 : 200];
  for (let turns = below(6); turns > 0; turns -= 1) await turn();
  reply.sendDate = false;
  reply.setHeader('cache-control', said);
  if (hasTag) reply.setHeader('etag', '"v1"');
  if (hasTag && request.headers['if-none-match'] === '"v1"') return void reply.writeHead(304).end();
  const made = JSON.stringify({ who, said, vary } satisfies Made);
  reply.writeHead(status, { 'content-type': 'application/json', vary, 'x-made': made }).end(made);
};

beforeEach(async () => {
  listening = await listenLocally(createServer((request, reply) => void answerAsker(request, reply)));
  clock = new FakeClock();
  const never = { breakerMinAttempts: 1_000_000, breakerMinSlowAttempts: 1_000_000, maxQueued: 1_000 };
  const baseUrl = `http://127.0.0.1:${listening.port}`;
  built = buildProvider({ baseUrl, clock, operations: OPERATIONS, maxAttempts: 1, ...never });
});
afterEach(async () => {
  await built.provider.close();
  await listening.close();
});

/** §3.5 lets answers to credentials that nobody declared be shared that say so; these have one partition with `nobody`. */
const mayBeShared = ({ who, said, vary }: Made): boolean => {
  if (/no-store|private,/.test(said) || /authorization|\*/.test(vary)) return false;
  return who === NOBODY.name || (who.startsWith('undeclared') && /public|s-maxage|must-revalidate/.test(said));
};

const isFor = (asker: Asker, made: Made): boolean =>
  made.who === asker.name || (asker.principal === undefined && mayBeShared(made));

const toHeaders = ({ name }: Asker): Record<string, string> => ({
  ...(name !== NOBODY.name && { authorization: `Bearer ${name}.${below(1_000)}` }),
  ...(below(2) === 0 && { 'accept-language': oneOf(['de', 'fr']) }),
  'cache-control': oneOf(WISHES),
});

/** Through ApiClient, as a provider's client asks; all that is given is checked for whom it was made. */
const askTyped = async (asker: Asker, thing: number): Promise<Made[]> => {
  const [{ principal }, headers, operation] = [asker, toHeaders(asker), oneOf(Object.keys(OPERATIONS))];
  if (below(40) === 0) await built.client.put(path`/things/${thing}`, { headers });
  return [
    await built.client.get(path`/things/${thing}`, { operation, answer, headers, ...(principal && { principal }) }),
  ];
};

/** Through the adapter, as a gateway asks: heads, parts and conditions too. */
const askRaw = async (asker: Asker, thing: number): Promise<Made[]> => {
  const method = oneOf(['GET', 'HEAD']);
  const plan = new CallPlan(built.provider.operation(method, '/things/{}'), { principal: asker.principal });
  const special = oneOf([{}, {}, { range: 'bytes=0-4' }, { 'if-none-match': '"v1"' }]);
  const headers = { ...toHeaders(asker), ...special };
  const config = { method, url: `/things/${thing}`, plan, headers, validateStatus: null };
  const {
    status,
    headers: heads,
    data,
  } = await built.http.axiosRef.request<string>({ ...config, responseType: 'text' });
  const texts = [heads['x-made'] as string | undefined, status === 206 || method === 'HEAD' ? undefined : data];
  return texts.filter(Boolean).map((text) => JSON.parse(text!) as Made);
};

const recall = ({ principal }: Asker, thing: number): Made[] => {
  const operation = built.provider.operation('GET', '/things/{}');
  const recalled = built.provider.recall(operation, `/things/${thing}`, { schema: answer, principal });
  return recalled ? [recalled.value as Made] : [];
};

const toKind = ({ detail, collapsed, fwd, fwdStatus }: CacheOutcome = {}): string =>
  detail ?? (collapsed ? 'collapsed' : `${fwd ?? 'hit'} ${fwdStatus ?? ''}`.trim());

describe('credential partitions', () => {
  it.each([1, 2, 3])('give nobody another’s answer, whatever is asked, in whichever order: seed %i', async (seed) => {
    random = seeded(seed);
    const wrong: object[] = [];
    let checked = 0;
    const check = (asker: Asker, all: Made[]): void => {
      checked += all.length;
      for (const made of all) if (!isFor(asker, made)) wrong.push({ asker, made });
    };
    for (let batch = 0; batch < 150; batch += 1) {
      const thing = Math.floor(batch / 6);
      const present = [oneOf(ASKERS), oneOf(ASKERS), oneOf(ASKERS)];
      const asks = Array.from({ length: oneOf([2, 20]) }, async () => {
        const asker = oneOf(present);
        check(asker, await (below(4) === 0 ? askRaw : askTyped)(asker, thing).catch(() => []));
      });
      await Promise.all(asks);
      for (const asker of [...ASKERS.filter(({ principal }) => principal), NOBODY]) check(asker, recall(asker, thing));
      await clock.advance(below(900));
    }
    expect([wrong, checked > 500]).toEqual([[], true]);
    const kinds = new Set(built.receipts.map(({ cache }) => toKind(cache)));
    expect([...kinds]).toEqual(expect.arrayContaining(['hit', 'collapsed', 'stale 304', 'stale-while-revalidate']));
  });
});
