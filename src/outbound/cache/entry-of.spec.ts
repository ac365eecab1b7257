import { describe, expect, it } from '@jest/globals';
import { buildCall, type CallParts } from '../../../test/support/build-call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import type { CacheEntry } from './cache-entry.ts';
import { toEntry, toTags } from './entry-of.ts';

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 3_600_000;
const MAX_AGE = { 'cache-control': 'max-age=60' };

const entryOf = (headers: HeaderMap, call: CallParts = {}, delayMs = 0, body = Buffer.from('body')) =>
  toEntry(buildCall(call), { answer: { status: 200, headers }, delayMs, receivedAt: 5_000, wallTime: NOW }, body);
const keepMsOf = (headers: HeaderMap, call?: CallParts): number | undefined => entryOf(headers, call)?.keepMs;

describe('the entry to keep of an answer', () => {
  it.each<[string, HeaderMap, CallParts]>([
    ['may not be kept', { 'cache-control': 'no-store' }, {}],
    ['is for one person', { 'cache-control': 'private, max-age=60' }, {}],
    ['is for whoever asked', MAX_AGE, { principal: { id: 'ann', isCaller: true } }],
    ['is of an operation without a cache', MAX_AGE, { operation: { cache: 'off' } }],
    ['is not of a GET', MAX_AGE, { method: 'POST' }],
    ['varies on everything', { ...MAX_AGE, vary: '*' }, {}],
    ['is neither fresh nor to be validated', {}, {}],
    ['was to be fresh for no time', { 'cache-control': 'max-age=0' }, {}],
    ['went stale long ago', { ...MAX_AGE, age: '120' }, {}],
  ])('is none, when it %s', (_what, headers, call) => expect(entryOf(headers, call)).toBeUndefined());

  it('is what came, when it came and how old it was', () => {
    const headers = { ...MAX_AGE, age: '10', 'set-cookie': 'session=1', etag: '"a"' };
    expect(entryOf(headers, {}, 2_000)).toMatchObject({
      status: 200,
      headers: { ...MAX_AGE, etag: '"a"' },
      initialAgeMs: 12_000,
      receivedAt: 5_000,
      freshness: { lifetimeMs: 60_000 },
      tags: toTags(buildCall()),
      variesOn: undefined,
    });
    expect(entryOf(headers)?.headers).not.toHaveProperty('set-cookie');
    expect(entryOf(headers)?.headers).not.toHaveProperty('age');
  });

  it('has its body in memory of its own', () => {
    const block = Buffer.from('before body after');
    const entry = entryOf(MAX_AGE, {}, 0, block.subarray(7, 11)) as CacheEntry;
    block.fill('x');
    expect(entry.body.toString()).toBe('body');
    expect(entry.body.buffer.byteLength).toBe(4);
  });

  it('goes by what its operation declares where the upstream says nothing', () => {
    const call = { operation: { cache: { ttlMs: 7_000, staleWhileRevalidateMs: 8_000, staleIfErrorMs: 9_000 } } };
    expect(entryOf({}, call)?.freshness).toEqual({
      lifetimeMs: 7_000,
      browserLifetimeMs: 7_000,
      staleWhileRevalidateMs: 8_000,
      staleIfErrorMs: 9_000,
      mayServeStale: true,
    });
    expect(entryOf({ 'cache-control': 's-maxage=60' }, call)?.freshness).toMatchObject({
      lifetimeMs: 60_000,
      staleWhileRevalidateMs: 8_000,
      staleIfErrorMs: 9_000,
    });
  });
});

describe('how long an entry is worth keeping', () => {
  const swr = 'stale-while-revalidate=200';
  const sie = 'stale-if-error=300';

  it.each<[string, string, HeaderMap, number]>([
    ['while it is fresh, and a minute for max-stale', 'max-age=60', {}, 120_000],
    ['while it is fresh, when it may not be served stale', 'max-age=60, must-revalidate', {}, 60_000],
    ['while it is fresh, when it is for shared caches', 's-maxage=60', {}, 60_000],
    ['less by the age it came with', 'max-age=60, must-revalidate', { age: '20' }, 40_000],
    ['while it may be refreshed', `max-age=60, ${swr}`, {}, 260_000],
    ['while it may stand in for errors', `max-age=60, ${sie}`, {}, 360_000],
    ['the longer of the two', `max-age=60, ${swr}, ${sie}`, {}, 360_000],
    ['while it may be refreshed, though never fresh', `max-age=0, ${swr}`, {}, 200_000],
    ['a day beyond, when it has a tag', 'max-age=60', { etag: '"a"' }, 60_000 + DAY_MS],
    ['a day beyond, when it has a date', 'no-cache', { 'last-modified': 'x' }, DAY_MS],
    ['a day beyond, even to be validated always', 'no-cache', { etag: '"a"' }, DAY_MS],
    ['a day beyond, even if it is stale', 'max-age=60', { etag: '"a"', age: '120' }, DAY_MS - 60_000],
    ['beyond a day, when it may stand in for so long', 'max-age=0, stale-if-error=172800', { etag: '"a"' }, 2 * DAY_MS],
  ])('is %s', (_what, cacheControl, headers, expected) => {
    expect(keepMsOf({ 'cache-control': cacheControl, ...headers })).toBe(expected);
  });

  it('is finite, whatever the upstream says', () => {
    const keepMs = keepMsOf({ 'cache-control': 'max-age=99999999999999999999', etag: '"a"' });
    expect(keepMs).toBe(2 ** 31 * 1_000 + DAY_MS);
    expect(keepMsOf({ ...MAX_AGE, etag: '"a"', age: '9'.repeat(400) })).toBeUndefined();
  });
});

describe('what the answers to a call can be invalidated by', () => {
  it('is its provider, its operation, its URL and its own tags', () => {
    expect(toTags(buildCall({ tags: ['ann', 'a/b'], path: '/things/1?x=1' }))).toEqual([
      'fixture',
      'fixture/getThing',
      'fixture http://upstream.example/things/1?x=1',
      'fixture/ann',
      'fixture/a/b',
    ]);
  });

  it('does not depend on the method or the principal', () => {
    const asked = buildCall({ method: 'HEAD', principal: { id: 'ann', isCaller: true } });
    expect(toTags(asked)).toEqual(toTags(buildCall()));
  });
});
