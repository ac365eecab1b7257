import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clientCredentials, path, staticToken, type StaticTokenOptions } from '../../../src/outbound/index.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';

let own: TokenUpstream;
let other: TokenUpstream;
let stranger: TokenUpstream;
let issuer: TestIssuer;
let built: BuiltProvider;

beforeEach(async () => {
  [own, other, stranger] = await Promise.all([startTokenUpstream(), startTokenUpstream(), startTokenUpstream()]);
  issuer = new TestIssuer();
});
afterEach(async () => {
  await built.provider.close();
  await Promise.all([own.close(), other.close(), stranger.close()]);
});

const KINDS = [
  ['a static token', staticToken()],
  ['a static token in the query', staticToken({ query: 'key' })],
  ['a static token in a header of its own', staticToken({ header: 'x-api-key' })],
  ['client credentials', clientCredentials()],
] as const;

describe.each(KINDS)('%s', (_kind, credential) => {
  beforeEach(() => {
    const options: Partial<StaticTokenOptions> = {
      baseUrl: own.url,
      origins: [other.url],
      token: new Secret('s3cret'),
    };
    built = buildProvider({ ...options, credential, issuer: () => issuer });
  });
  const get = (url: string) => built.http.axiosRef.get<unknown>(url);
  const told = (upstream: TokenUpstream): string => JSON.stringify(upstream.seen);
  const hasToken = (upstream: TokenUpstream): boolean => /s3cret|issued-/.test(told(upstream));

  it('is sent to the origin of the URL, and to no other of the provider', async () => {
    await get(`${own.url}/things`);
    await get(`${other.url}/things`);
    expect([hasToken(own), hasToken(other), other.seen.length]).toEqual([true, false, 1]);
  });

  it('is not even asked for when the call goes elsewhere', async () => {
    other.answer(() => ({ status: 401 }));
    expect(await rejectionOf(get(`${other.url}/things`))).toMatchObject({ status: 401 });
    expect([issuer.requests.length, other.seen.length]).toEqual([0, 1]);
  });

  it.each([301, 302, 303, 307, 308])('crosses no redirect: %d', async (status) => {
    for (const location of [
      `${other.url}/things`,
      `${stranger.url}/things`,
      '/elsewhere',
      `//${new URL(other.url).host}/`,
    ]) {
      own.answer(() => ({ status, headers: { location } }));
      expect(await rejectionOf(get('/things'))).toMatchObject({ code: 'upstream_invalid_answer', status });
    }
    expect([own.seen.length, own.seen.every(({ url }) => url.startsWith('/things'))]).toEqual([4, true]);
    expect([other.seen, stranger.seen]).toEqual([[], []]);
  });

  it.each([
    '{stranger}/things',
    '//{stranger-host}/things',
    'http://api.example@{stranger-host}/',
    'https://{own-host}/',
  ])('is not sent to strangers, for they are not called: %s', async (template) => {
    const url = template
      .replace('{stranger}', stranger.url)
      .replace('{stranger-host}', new URL(stranger.url).host)
      .replace('{own-host}', new URL(own.url).host);
    expect(String(await rejectionOf(get(url)))).toContain('Provider fixture calls');
    expect([stranger.seen, own.seen]).toEqual([[], []]);
  });

  it('stays with the origin of the URL when a path looks like another', async () => {
    await built.client.get(path`/${stranger.url}/things`);
    expect([own.seen.length, stranger.seen.length]).toEqual([1, 0]);
  });
});
