import { describe, expect, it } from '@jest/globals';
import { toSafeText, withoutCredentials } from './safe-text.ts';

const VALUE = 'q7VtX2mKr9zLw4';

describe('withoutCredentials', () => {
  it.each([
    ['a bearer token', `sent authorization: Bearer ${VALUE}`],
    ['basic credentials', `Authorization: Basic ${VALUE}==`],
    ['the scheme that Semaphore uses', `Authorization: Token ${VALUE}`],
    ['a scheme nobody knows', `Authorization: ApiKey ${VALUE}`],
    ['a header without a scheme', `authorization=${VALUE}`],
    ['an API key header', `X-Api-Key: ${VALUE}`],
    ['an API key in JSON', `{"apiKey":"${VALUE}"}`],
    ['an API key in a query', `GET /things?api_key=${VALUE}&page=2`],
    ['an access token in a query', `GET /things?page=2&access_token=${VALUE}`],
    ['a refresh token in JSON', `{"refresh_token": "${VALUE}"}`],
    ['an id token', `id_token=${VALUE}`],
    ['a client secret in a form', `grant_type=client_credentials&client_secret=${VALUE}`],
    ['a client secret in JSON', `{"clientSecret":"${VALUE}"}`],
    ['a private token', `private_token=${VALUE}`],
    ['a variable of ours', `CMS_TOKEN=${VALUE}`],
    ['a password', `password=${VALUE}`],
    ['a quoted password', `'password': '${VALUE}'`],
    ['the user info of a URL', `connect to https://ada:${VALUE}@upstream.example/v1 failed`],
    ['a user name in a URL', `redis://${VALUE}@cache.example`],
    ['the first cookie', `Cookie: sid=${VALUE}; theme=dark`],
    ['the last cookie', `Cookie: theme=dark; sid=${VALUE}`],
    ['a cookie being set', `set-cookie: sid=${VALUE}; HttpOnly`],
    ['a session id', `session_id=${VALUE}`],
  ])('takes out %s', (_what, text) => {
    expect(withoutCredentials(text)).not.toContain(VALUE);
    expect(withoutCredentials(text)).toContain('[redacted]');
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:8080',
    'GET https://upstream.example/v1/things?page=2 answered 503',
    'write to ada@example.com',
  ])('leaves %j as it is', (text) => expect(withoutCredentials(text)).toBe(text));
});

describe('toSafeText', () => {
  it.each([
    ['a word without end', 'z'.repeat(1_000_000)],
    ['dashes without end', 'z-'.repeat(500_000)],
    ['names of credentials without end', 'token'.repeat(200_000)],
    ['blanks without end', `token${' '.repeat(1_000_000)}`],
    ['beginnings of URLs without end', '://'.repeat(300_000)],
  ])('cuts %s, and is soon done with it', (_what, text) => {
    const began = performance.now();
    expect(toSafeText(text, 2_000).length).toBeLessThanOrEqual(2_001);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('cuts what is too long, and says so', () => {
    expect(toSafeText('zzzz', 4)).toBe('zzzz');
    expect(toSafeText('zzzzz', 4)).toBe('zzzz…');
  });

  it.each([1_960, 1_980, 1_995, 2_000])(
    'shows nothing of a credential that is cut at its %d-th character',
    (before) => {
      const safe = toSafeText(`${'z'.repeat(before)} password=${VALUE.repeat(20)}`, 2_000);
      expect(safe).not.toContain(VALUE.slice(0, 4));
    },
  );
});
