import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { compose, type Call, type Reply, type Send } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { CallReceipts } from '../telemetry/call-receipts.ts';
import { CacheInvalidation } from './cache-invalidation.ts';
import { cache } from './cache.ts';
import { keep } from './keep.ts';
import { RecentKeys } from './recent-keys.ts';
import { MemoryStore } from './stores/memory-store.ts';

const ORIGIN = 'http://upstream.example';
let store: MemoryStore;
let send: Send;
let reads: Call[];
/** How the upstream answers what changes something. */
let changed: Reply | Error;

beforeEach(() => {
  const clock = new FakeClock();
  store = new MemoryStore({ maxEntries: 50, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
  reads = [];
  changed = buildReply(204);
  const { send: upstream } = scripted((call) => {
    if (call.method !== 'GET') return changed instanceof Error ? Promise.reject(changed) : Promise.resolve(changed);
    reads.push(call);
    const headers = { 'cache-control': 's-maxage=60', vary: 'accept-language' };
    return Promise.resolve(buildReply(200, headers, String(reads.length)));
  });
  const unstorable = new RecentKeys({ keepMs: 60_000, maxKeys: 10 }, clock);
  const parts = { store, clock, unstorable, receipts: new CallReceipts() };
  send = compose([cache(parts), keep(parts)], upstream);
});

/** How often the upstream is asked for what was stored before `change`. */
const readsAfter = async (parts: CallParts, change: () => Promise<unknown>): Promise<number> => {
  await send(buildCall(parts));
  await send(buildCall(parts));
  await change();
  await send(buildCall(parts));
  return reads.length - 1;
};

const doing =
  (method: string, parts: CallParts = {}) =>
  () =>
    send(buildCall({ method, ...parts }));
const telling = (headers: HeaderMap) => () => {
  changed = buildReply(201, headers);
  return send(buildCall({ method: 'POST', path: '/orders' }));
};

describe('an unsafe call', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPPATCH'])(
    'makes what is stored of its target void: %s',
    async (method) => {
      expect(await readsAfter({}, doing(method))).toBe(1);
    },
  );

  it.each<[string, CallParts]>([
    ['variant', { headers: { 'accept-language': 'de' } }],
    ['principal', { principal: { id: 'ann', isCaller: true } }],
  ])('does so whatever the %s', async (_what, parts) => expect(await readsAfter(parts, doing('PUT'))).toBe(1));

  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('is not %s', async (method) => {
    expect(await readsAfter({}, doing(method))).toBe(0);
  });

  it.each<[string, CallParts]>([
    ['URL', { path: '/things/2' }],
    ['query', { path: '/things/1?q=1' }],
    ['provider', { provider: 'another' }],
    ['origin', { origin: 'http://elsewhere.example' }],
  ])('leaves what is of another %s', async (_what, parts) => expect(await readsAfter({}, doing('PUT', parts))).toBe(0));

  it('counts also where its operation is never cached', async () => {
    expect(await readsAfter({}, doing('PUT', { operation: { cache: 'off' } }))).toBe(1);
  });

  it.each([
    ['location', '/things/1'],
    ['location', `${ORIGIN}/things/1`],
    ['content-location', 'things/1'],
    ['content-location', `${ORIGIN}:80/things/1`],
  ])('reaches what its %s names: %s', async (field, value) => {
    expect(await readsAfter({}, telling({ [field]: value }))).toBe(1);
  });

  it.each([
    'http://elsewhere.example/things/1',
    'https://upstream.example/things/1',
    `${ORIGIN}:81/things/1`,
    '//elsewhere.example/things/1',
    '/things/2',
    '',
    'http://',
  ])('leaves what its Location names elsewhere: %j', async (location) => {
    expect(await readsAfter({}, telling({ location }))).toBe(0);
  });

  it.each([302, 303])('counts when it is answered with %i', async (status) => {
    changed = buildReply(status);
    expect(await readsAfter({}, doing('POST'))).toBe(1);
  });

  it.each([400, 404, 409, 500, 503])('changes nothing when it fails with %i', async (status) => {
    changed = buildReply(status);
    expect(await readsAfter({}, doing('PUT'))).toBe(0);
  });

  it('changes nothing when nobody knows how it ended', async () => {
    changed = failure();
    expect(await readsAfter({}, () => rejectionOf(doing('PUT')()))).toBe(0);
  });
});

describe('CacheInvalidation', () => {
  const invalidation = (): CacheInvalidation => new CacheInvalidation(store);

  it.each([
    ['all of a provider', ['fixture']],
    ['one operation', ['fixture', 'getThing']],
    ['what bears a tag of its call', ['fixture', 'of ann']],
  ] as const)('forgets %s', async (_what, of) => {
    const [provider, tag] = of;
    expect(await readsAfter({ tags: ['of ann'] }, () => invalidation().invalidate(provider, tag))).toBe(1);
  });

  it.each([
    ['another provider', ['another']],
    ['another operation', ['fixture', 'getOther']],
    ['a provider that has the name of the tag', ['of ann']],
    ['the tag within another provider', ['another', 'of ann']],
  ] as const)('leaves what is of %s', async (_what, of) => {
    const [provider, tag] = of;
    expect(await readsAfter({ tags: ['of ann'] }, () => invalidation().invalidate(provider, tag))).toBe(0);
  });

  it('tells how many answers it forgot, signposts to them not counted', async () => {
    await send(buildCall());
    await send(buildCall({ path: '/things/2', provider: 'another' }));
    expect([await invalidation().invalidate('fixture'), await invalidation().invalidate('fixture')]).toEqual([1, 0]);
  });
});
