import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { clientCredentials, path, staticToken, type StaticTokenOptions } from '../../../src/outbound/index.ts';
import { MemoryStore } from '../../../src/outbound/cache/stores/memory-store.ts';
import { Provider } from '../../../src/outbound/provider.ts';
import { runInContext } from '../../../src/platform/context/request-context.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { buildCaller, requestOf, runAs } from '../../support/build-caller.ts';
import { buildCall, buildOptions } from '../../support/build-call.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';
import { MemoryVault } from '../../../src/platform/vault/memory-vault.ts';
import { CallReceipts } from '../../../src/outbound/telemetry/call-receipts.ts';

const answer = z.object({ token: z.string().nullable() });
const [ann, bob] = [buildCaller('ann'), buildCaller('bob')];
const clock = new FakeClock(Date.now());
let upstream: TokenUpstream;
const opened: Pick<Provider, 'close'>[] = [];

beforeEach(async () => {
  upstream = await startTokenUpstream();
  upstream.answer(() => ({ headers: { 'cache-control': 'max-age=60' } }));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((provider) => provider.close()));
  await upstream.close();
});

const build = (credential = staticToken()): BuiltProvider => {
  const options: Partial<StaticTokenOptions> = { baseUrl: upstream.url, token: new Secret('s3cret') };
  const issuer = new TestIssuer();
  const built = buildProvider({ ...options, clock, credential, issuer: () => issuer });
  opened.push(built.provider);
  return built;
};

describe("answers to a provider's own credential", () => {
  it.each([
    ['a static token', staticToken()],
    ['client credentials', clientCredentials()],
  ])('are for all callers alike: %s', async (_kind, credential) => {
    const { client } = build(credential);
    const get = () => client.get(path`/things`, { answer });
    const all = await Promise.all([runAs(ann, get), runAs(bob, get), get()]);
    all.push(await runAs(buildCaller('carol'), get));
    expect([upstream.seen.length, new Set(all.map(({ token }) => token)).size]).toEqual([1, 1]);
  });

  it('are told to caches behind us as for everybody', async () => {
    const { client } = build();
    for (const _turn of [1, 2]) {
      const request = requestOf(ann);
      await runInContext(request, () => client.get(path`/things`, { answer }));
      expect(request.freshness.sources).toMatchObject([{ isPrivate: false, storable: true }]);
    }
  });

  it('stay in place when it is replaced by another one of the same client', async () => {
    const issuer = new TestIssuer({ lifeMs: 10 });
    const built = buildProvider({
      baseUrl: upstream.url,
      clock,
      credential: clientCredentials(),
      issuer: () => issuer,
    });
    opened.push(built.provider);
    await built.client.get(path`/things`, { answer });
    await clock.advance(1_000);
    await built.client.get(path`/things`, { answer });
    expect(upstream.seen).toHaveLength(1);
  });

  it("are not those to a call's own credential, nor the other way round", async () => {
    const { client } = build();
    const own = { answer, headers: { authorization: 'Bearer own' } };
    const tokens = [];
    for (const options of [{ answer }, own, { answer }, own]) tokens.push((await client.get(path`/a`, options)).token);
    expect(tokens).toEqual(['Bearer s3cret', 'Bearer own', 'Bearer s3cret', 'Bearer own']);
    expect(upstream.seen).toHaveLength(3);
  });

  it.each(['authorization', 'cookie'])('are not for others when a call brings one beside it: %s', async (name) => {
    const { client } = build(staticToken({ header: 'x-api-key' }));
    upstream.answer(({ headers }) => ({
      headers: { 'cache-control': 'max-age=60' },
      body: JSON.stringify({ token: headers[name] }),
    }));
    const get = async (value: string) => (await client.get(path`/me`, { answer, headers: { [name]: value } })).token;
    expect([await get('of ann'), await get('of bob')]).toEqual(['of ann', 'of bob']);
  });
});

describe('a store that outlives a static token', () => {
  it('gives nothing to the next one that was kept for it, and holds no token', async () => {
    const store = new MemoryStore({ maxEntries: 10, maxBytes: 100_000, maxEntryBytes: 10_000 }, clock);
    const keys: string[] = [];
    const get = store.get.bind(store);
    store.get = (key) => (keys.push(key), get(key));
    const send = async (token: string): Promise<void> => {
      const options = Object.assign(buildOptions({ baseUrl: upstream.url }), { token: new Secret(token) });
      const own = { name: 'fixture', options, operations: {}, credential: staticToken({ query: 'key' }) };
      const parts = { clock, store, receipts: new CallReceipts(), vault: new MemoryVault(clock), random: () => 0 };
      const provider = new Provider({ ...own, ...parts, issuer: () => new TestIssuer() });
      opened.push(provider);
      await provider.send(buildCall({ origin: upstream.url }));
    };
    for (const token of ['before+/', 'after+/', 'before+/']) await send(token);
    expect(upstream.seen.map(({ url }) => url)).toEqual(['/things/1?key=before%2B%2F', '/things/1?key=after%2B%2F']);
    expect(new Set(keys).size).toBeGreaterThanOrEqual(2);
    for (const token of ['before', 'after', Buffer.from('before').toString('base64').slice(0, 7), 'key='])
      expect(keys.join()).not.toContain(token);
  });
});
