import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import type { Caller } from '../../../src/platform/context/caller.ts';
import { callersToken, path } from '../../../src/outbound/index.ts';
import { buildCaller, requestOf, runAs } from '../../support/build-caller.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock, settled } from '../../support/fake-clock.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';
import { runInContext } from '../../../src/platform/context/request-context.ts';

const answer = z.object({ token: z.string() });
const [ann, bob] = [buildCaller('ann'), buildCaller('bob')];

let upstream: TokenUpstream;
let built: BuiltProvider;
let clock: FakeClock;

beforeEach(async () => {
  upstream = await startTokenUpstream();
  clock = new FakeClock(Date.now());
  built = buildProvider({ baseUrl: upstream.url, clock, credential: callersToken() });
});
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

const say = (cacheControl: string): void => upstream.answer(() => ({ headers: { 'cache-control': cacheControl } }));
/** Whose data it is that this caller sees. */
const get = async (caller: Caller): Promise<string> =>
  (await runAs(caller, () => built.client.get(path`/me`, { answer }))).token;
const ANN = 'Bearer ann-token';
const BOB = 'Bearer bob-token';

describe("an upstream that is called with callers' own tokens", () => {
  it('is not called for nobody, and that is told', async () => {
    say('public, max-age=60');
    await get(ann);
    const ways: (() => Promise<unknown>)[] = [
      () => built.client.get(path`/me`, { answer }),
      () => built.client.get(path`/me`),
    ];
    for (const work of ways)
      expect(await rejectionOf(runAs(undefined, work))).toMatchObject({
        code: 'upstream_rejected',
        reason: expect.stringContaining('nobody is logged in'),
      });
    expect([upstream.tokens, built.receipts.at(-1)?.attempts.length]).toEqual([[ANN], 1]);
  });

  it('hears who asks from each of them, at the same time', async () => {
    const callers = Array.from({ length: 50 }, (_, index) => buildCaller(`caller-${index}`));
    const seen = await Promise.all(callers.map(get));
    expect(seen).toEqual(callers.map(({ subject }) => `Bearer ${subject}-token`));
  });

  it('hears nothing of a caller whose call has a credential of its own', async () => {
    const headers = { authorization: 'Bearer own' };
    await runAs(ann, () => built.client.get(path`/me`, { answer, headers }));
    expect(upstream.tokens).toEqual(['Bearer own']);
  });

  it('refuses a caller once: there is no other token', async () => {
    upstream.refuse(ANN);
    expect(await rejectionOf(get(ann))).toMatchObject({ code: 'upstream_rejected', status: 401 });
    expect([upstream.tokens, await get(bob)]).toEqual([[ANN], BOB]);
  });
});

describe("what is kept for callers' own tokens", () => {
  it.each(['public, max-age=60', 's-maxage=60', 'max-age=60, must-revalidate'])(
    'is for each of them alone: %s',
    async (said) => {
      say(said);
      const together = await Promise.all([ann, bob, ann, bob, ann].map(get));
      const later = [await get(bob), await get(ann)];
      expect([together, later]).toEqual([
        [ANN, BOB, ANN, BOB, ANN],
        [BOB, ANN],
      ]);
      expect(upstream.tokens.toSorted()).toEqual([ANN, BOB]);
    },
  );

  it.each(['max-age=60', 'private, max-age=60', ''])(
    'is nothing where the upstream allows nothing: %s',
    async (said) => {
      say(said);
      expect([await get(ann), await get(ann), await get(bob)]).toEqual([ANN, ANN, BOB]);
      expect(upstream.seen).toHaveLength(3);
    },
  );

  it('is theirs with the next token too, and for nobody who may do less', async () => {
    say('public, max-age=60');
    await get(ann);
    expect(await get(buildCaller('ann', 'refreshed'))).toBe(ANN);
    expect(await get(buildCaller('ann', 'narrow', { scopes: ['read'] }))).toBe('Bearer narrow');
    expect(await get(buildCaller('ann', 'elsewhere', { issuer: 'https://other.example' }))).toBe('Bearer elsewhere');
    expect(upstream.seen).toHaveLength(3);
  });

  it('is fetched anew with the token of who asked, when their request is over', async () => {
    say('public, max-age=1, stale-while-revalidate=60');
    await Promise.all([get(ann), get(bob)]);
    await clock.advance(2_000);
    const request = requestOf(buildCaller('ann', 'ann-refreshed'));
    const stale = await runInContext(request, () => built.client.get(path`/me`, { answer }));
    request.abort(new Error('over'));
    request.end();
    await eventually(() => expect(upstream.tokens.at(-1)).toBe('Bearer ann-refreshed'));
    await settled();
    await eventually(async () => expect(await get(ann)).toBe('Bearer ann-refreshed'));
    expect([stale.token, await get(bob)]).toEqual([ANN, BOB]);
  });

  it('is handed out as it was parsed, to each of them their own', async () => {
    say('public, max-age=60');
    const kept = [await get(ann), await get(bob)];
    const request = jest.spyOn(built.http.axiosRef, 'request');
    expect([await get(ann), await get(bob)]).toEqual(kept);
    expect([kept, request.mock.calls]).toEqual([[ANN, BOB], []]);
  });

  it('is told to caches behind us as for one caller only, from the store too', async () => {
    say('public, max-age=60');
    for (const _turn of [1, 2]) {
      const request = requestOf(ann);
      await runInContext(request, () => built.client.get(path`/me`, { answer }));
      expect(request.freshness.sources.map(({ isPrivate }) => isPrivate)).toEqual([true]);
    }
    expect(upstream.seen).toHaveLength(1);
  });
});
