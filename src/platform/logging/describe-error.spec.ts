import { describe, expect, it } from '@jest/globals';
import { describeError, withoutCredentials } from './describe-error.ts';

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

describe('describeError', () => {
  it('shows nothing of an error but its name, message, stack and cause', () => {
    const error = Object.assign(new TypeError('it broke'), {
      config: { headers: { authorization: `Bearer ${VALUE}` } },
    });
    expect(describeError(error)).toEqual({ type: 'TypeError', message: 'it broke', stack: error.stack });
  });

  it('takes credentials out of message, stack and causes', () => {
    const cause = Object.assign(new Error(`Bearer ${VALUE}`), { request: VALUE });
    const described = JSON.stringify(describeError(new Error(`token=${VALUE}`, { cause })));
    expect(described).not.toContain(VALUE);
    expect(described).toContain('"cause":{"type":"Error"');
  });

  it.each([[VALUE], [{ token: VALUE }], [null], [undefined], [7]])('tells only the type of a thrown %j', (thrown) => {
    expect(describeError(thrown)).toEqual({ type: typeof thrown });
  });

  it('comes to an end with an error that is its own cause', () => {
    const error = new Error('round and round');
    error.cause = error;
    expect(describeError(error)).toMatchObject({ type: 'Error', message: 'round and round' });
  });
});
