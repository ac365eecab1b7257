import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { CallReceipt } from '../telemetry/call-receipt.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { toCacheKey } from './cache-key.ts';
import type { CacheEntryParts } from './cache-entry.ts';
import { putEntry } from './put-entry.ts';
import { createRecall, type Recall, type Recalled } from './recall.ts';
import { MemoryStore } from './stores/memory-store.ts';

const SCHEMA = {};
const VALUE = Object.freeze({ name: 'charizard' });
let clock: FakeClock;
let store: MemoryStore;
let published: CallReceipt[];
let recall: Recall;

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  published = [];
  const receipts = new CallReceipts();
  receipts.listen((receipt) => void published.push(receipt));
  recall = createRecall({ store, clock, receipts });
});

/** Stores an answer to a call, with what `SCHEMA` made of it. */
const remember = async (parts: CallParts = {}, own: Partial<CacheEntryParts> = {}): Promise<void> => {
  const call = buildCall(parts);
  const entry = buildEntry(own);
  entry.parsed = { schema: SCHEMA, value: VALUE };
  await putEntry({ store, reservation: store.reserve([]), key: toCacheKey(call), headers: call.headers }, entry);
};

const ask = (parts: CallParts = {}, schema: object = SCHEMA): Recalled | undefined => recall(buildCall(parts), schema);

describe('recall', () => {
  it('gives what was made of an answer, the same object every time', async () => {
    await remember();
    expect([ask()?.value, ask()?.value]).toEqual([VALUE, VALUE]);
    expect(ask()?.value).toBe(VALUE);
  });

  it('gives it while it is fresh, and no longer, even where it might be served stale', async () => {
    await remember({}, { initialAgeMs: 1_000 });
    await clock.advance(58_999);
    expect(ask()).toBeDefined();
    await clock.advance(1);
    expect([ask(), published.length]).toEqual([undefined, 1]);
  });

  it.each<[string, CallParts]>([
    ['URL', { path: '/things/2' }],
    ['query', { path: '/things/1?a=1' }],
    ['provider', { provider: 'another' }],
    ['principal', { principal: { id: 'ann', isCaller: true } }],
    ['cache, which is off', { operation: { cache: 'off' } }],
  ])('gives nothing to a call of another %s', async (_what, parts) => {
    await remember();
    expect([ask(parts), published]).toEqual([undefined, []]);
  });

  it('gives a principal its own', async () => {
    const principal = { id: 'ann', isCaller: true };
    await remember({ principal });
    expect(ask({ principal })).toBeDefined();
    expect([ask(), ask({ principal: { id: 'bob', isCaller: true } })]).toEqual([undefined, undefined]);
  });

  it('gives nothing that another schema made, or none', async () => {
    await remember();
    expect(ask({}, {})).toBeUndefined();
    store.peek(toCacheKey(buildCall()))!.parsed = undefined;
    expect(ask()).toBeUndefined();
  });

  it('gives of several variants the one that a request without headers selects', async () => {
    await remember({ headers: { accept: 'x' } }, { headers: { vary: 'accept' } });
    expect(ask()).toBeUndefined();
    await remember({}, { headers: { vary: 'accept' } });
    expect(ask()).toBeDefined();
  });

  it('leaves a receipt, as any call does', async () => {
    await remember({}, { status: 203 });
    await clock.advance(10_000);
    runInContext(new RequestContext('request-1', undefined, Infinity), () => ask());
    expect(published).toMatchObject([
      { provider: 'fixture', operation: 'getThing', method: 'GET', template: '/things/{}', requestId: 'request-1' },
    ]);
    expect(published).toMatchObject([
      { status: 203, outcome: 'answered', attempts: [], startedAt: 10_000, durationMs: 0, cache: { ttlMs: 50_000 } },
    ]);
  });

  it('tells the request how long its answer may be kept', async () => {
    await remember({ principal: { id: 'ann', isCaller: true } });
    await clock.advance(10_000);
    const context = new RequestContext('request-1', undefined, Infinity);
    runInContext(context, () => ask({ principal: { id: 'ann', isCaller: true } }));
    runInContext(context, () => ask());
    expect(context.freshness.sources).toMatchObject([
      { cacheStatus: 'fixture; hit; ttl=50', storable: true, isPrivate: true, ageMs: 10_000, lifetimeMs: 60_000 },
    ]);
  });
});
