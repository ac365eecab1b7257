import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { path, staticToken, type StaticTokenOptions } from '../../../src/outbound/index.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';

type Placement = NonNullable<Parameters<typeof staticToken>[0]>;

const TOKEN = 's3cret+/ä b&c=d#e%20?';
let upstream: TokenUpstream;
let built: BuiltProvider;

beforeEach(async () => {
  upstream = await startTokenUpstream();
});
afterEach(async () => {
  await built.provider.close();
  await upstream.close();
});

const build = (placement?: Placement, token: string | undefined = 's3cret'): void => {
  const options: Partial<StaticTokenOptions> = { baseUrl: upstream.url, ...(token && { token: new Secret(token) }) };
  built = buildProvider({ ...options, credential: staticToken(placement) });
};

describe('a provider without its token', () => {
  it('is off, says what it lacks, and calls nobody', async () => {
    build(undefined, '');
    expect(built.provider.isConfigured).toBe(false);
    expect(await rejectionOf(built.client.get(path`/things`))).toMatchObject({
      code: 'not_configured',
      reason: 'the provider has not got a token',
      sent: false,
    });
    expect(upstream.seen).toEqual([]);
  });

  it('lacks a URL first', async () => {
    built = buildProvider({ credential: staticToken() });
    expect(await rejectionOf(built.client.get(path`/things`))).toMatchObject({
      reason: 'the provider has not got a URL',
    });
  });
});

describe('a static token', () => {
  it.each<[Placement | undefined, string, string]>([
    [undefined, 'authorization', 'Bearer s3cret'],
    [{ header: 'Authorization', scheme: 'Token' }, 'authorization', 'Token s3cret'],
    [{ header: 'X-API-Key' }, 'x-api-key', 's3cret'],
  ])('goes where it belongs, and nowhere else: %j', async (placement, header, value) => {
    build(placement);
    await built.client.get(path`/things`, { query: { page: 2 } });
    const [{ headers, url }] = upstream.seen as [(typeof upstream.seen)[0]];
    expect([headers[header], url]).toEqual([value, '/things?page=2']);
    expect(JSON.stringify(headers).split('s3cret')).toHaveLength(2);
  });

  it.each([
    [{}, '/things?key='],
    [{ page: 2, q: 'a&b' }, '/things?page=2&q=a%26b&key='],
  ])('may stand in the query, among others: %j', async (query, url) => {
    build({ query: 'key' }, TOKEN);
    await built.client.get(path`/things`, { query });
    expect(upstream.seen[0]?.url).toBe(url + encodeURIComponent(TOKEN));
    expect(upstream.tokens).toEqual([undefined]);
  });

  it('gives way to what a call brings itself, however that is written', async () => {
    build();
    await built.client.get(path`/things`, { headers: { authorization: 'Basic one' } });
    await built.client.get(path`/things`, { headers: { AUTHORIZATION: 'Basic two' } });
    await built.http.axiosRef.get('/things', { auth: { username: 'a', password: 'b' } });
    expect(upstream.tokens).toEqual(['Basic one', 'Basic two', 'Basic YTpi']);
  });

  it('is sent with calls of any kind', async () => {
    build();
    await built.client.post(path`/things`, { body: { a: 1 } });
    await built.http.axiosRef.get(`${upstream.url}/things`);
    await built.http.axiosRef.delete('/things', { params: { a: 1 } });
    expect(upstream.tokens).toEqual(Array(3).fill('Bearer s3cret'));
  });

  it('that is refused is not tried again: there is no other', async () => {
    build();
    upstream.answer(() => ({ status: 401 }));
    expect(await rejectionOf(built.client.get(path`/things`))).toMatchObject({
      code: 'upstream_rejected',
      status: 401,
    });
    expect(upstream.seen).toHaveLength(1);
  });

  it.each(['ключ', 'two\nlines', 'a\u0000b'])(
    'that no header can hold is sent nowhere, and quoted by no error: %j',
    async (token) => {
      build(undefined, token);
      const failed = await rejectionOf(built.client.get(path`/things`));
      expect([upstream.seen, String(failed).includes(token)]).toEqual([[], false]);
    },
  );
});
