import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { clientCredentials, path, UpstreamError } from '../../../src/outbound/index.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { eventually } from '../../support/eventually.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';

const CROWD = 500;
const answer = z.object({ token: z.string() });

let upstream: TokenUpstream;
let issuer: TestIssuer;
let built: BuiltProvider;

beforeEach(async () => {
  upstream = await startTokenUpstream();
  issuer = new TestIssuer({ lifeMs: 3_600_000 });
  const own = { maxConcurrent: 2 * CROWD, slowAttemptRatio: 1, cache: 'off' } as const;
  const credential = clientCredentials();
  built = buildProvider({ baseUrl: upstream.url, ...own, credential, issuer: () => issuer });
});
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

/** The token that the upstream says it got. */
const get = async (): Promise<string> => (await built.client.get(path`/things`, { answer })).token;
const status = (): Promise<number | undefined> =>
  get().then(
    () => 200,
    (error: unknown) => (error instanceof UpstreamError ? error.status : undefined),
  );
const crowd = <T>(call: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: CROWD }, () => call()));
const countOf = (token: string): number => upstream.tokens.filter((seen) => seen === `Bearer ${token}`).length;

describe('500 concurrent calls', () => {
  it('ask for one token when there is none', async () => {
    issuer.hold();
    const calls = crowd(get);
    await eventually(() => expect(issuer.requests.length).toBe(1));
    expect(upstream.seen).toEqual([]);
    issuer.release();
    expect(new Set(await calls)).toEqual(new Set(['Bearer issued-1']));
    expect([issuer.requests.length, upstream.seen.length]).toEqual([1, CROWD]);
  });

  it('ask for one token when theirs is refused, and none of them fails', async () => {
    await get();
    upstream.refuse('Bearer issued-1');
    expect(new Set(await crowd(get))).toEqual(new Set(['Bearer issued-2']));
    expect([issuer.requests.length, countOf('issued-2')]).toEqual([2, CROWD]);
    expect(built.receipts.filter(({ attempts }) => attempts.length !== 1)).toEqual([]);
  });

  it('use the new token when the old one is refused late', async () => {
    await get();
    const renewed = Promise.withResolvers<void>();
    let refusals = 0;
    upstream.answer(({ headers }) => {
      if (headers.authorization !== 'Bearer issued-1') return {};
      return { status: 401, ...((refusals += 1) > 1 && { after: renewed.promise }) };
    });
    const calls = crowd(get);
    await eventually(() => expect([countOf('issued-1'), countOf('issued-2')]).toEqual([1 + CROWD, 1]));
    renewed.resolve();
    expect(new Set(await calls)).toEqual(new Set(['Bearer issued-2']));
    expect(issuer.requests.length).toBe(2);
  });
});

describe('an upstream that refuses every token', () => {
  it('costs few tokens and two requests at most for each call, and is believed', async () => {
    upstream.answer(() => ({ status: 401 }));
    for (let turn = 0; turn < 50; turn += 1) expect(await status()).toBe(401);
    expect(new Set(await crowd(status))).toEqual(new Set([401]));
    // One at first, and one instead: the next one is ten seconds away.
    expect(issuer.requests.length).toBeLessThanOrEqual(4);
    expect(upstream.seen.length).toBeLessThanOrEqual(50 + CROWD + 2 * issuer.requests.length);
    expect(new Set(built.receipts.map(({ outcome }) => outcome))).toEqual(new Set(['upstream_rejected']));
    expect(built.provider.status.circuit).toBe('closed');
  });

  it('is called as before as soon as it takes them, with no further token', async () => {
    upstream.answer(() => ({ status: 401 }));
    for (let turn = 0; turn < 10; turn += 1) await status();
    const asked = issuer.requests.length;
    upstream.answer(() => ({}));
    expect(await get()).toBe(`Bearer issued-${asked}`);
    expect(issuer.requests.length).toBe(asked);
  });
});

describe('identical calls at the same time', () => {
  it('stay one call when its token is refused', async () => {
    const own = { baseUrl: upstream.url, maxConcurrent: 1_000, credential: clientCredentials() };
    const cached = buildProvider({ ...own, issuer: () => issuer });
    upstream.answer(({ headers }) => {
      if (headers.authorization === 'Bearer issued-1') return { status: 401 };
      return { headers: { 'cache-control': 'max-age=60' } };
    });
    const all = await crowd(() => cached.client.get(path`/things`, { answer }));
    await cached.provider.close();
    expect(new Set(all.map(({ token }) => token))).toEqual(new Set(['Bearer issued-2']));
    expect(upstream.tokens).toEqual(['Bearer issued-1', 'Bearer issued-2']);
  });
});
