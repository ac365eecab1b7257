import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../support/fake-clock.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { buildAuthorization, type BuiltAuthorization } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';
import { briefly } from './server-under-test.ts';

const AUDIENCE = 'https://api.example.com';
const TOKEN = 'opaque-token-1';

let server: ScriptedServer;
let built: BuiltAuthorization;
let clock: FakeClock;

beforeEach(async () => {
  server = await startScripted();
  clock = new FakeClock();
  const client = { clientId: 'breakwater', clientSecret: 'a secret: with/signs' };
  built = buildAuthorization({ baseUrl: server.url, audience: AUDIENCE, clock, ...client });
});
afterEach(async () => {
  await built.close();
  await server.close();
});

const inSeconds = (seconds: number): number => clock.wallTime() / 1_000 + seconds;
const active = (more: object = {}): object => ({
  ...{ active: true, token_type: 'Bearer', sub: 'ash', aud: AUDIENCE },
  ...more,
});
const verify = async (token = TOKEN): Promise<string> => briefly(await built.tokens.verify(token));
const asked = (): number => server.seen.filter((line) => line === 'POST /introspect').length;

describe('an opaque token', () => {
  it('is worth what the server says', async () => {
    server.answer(
      '/introspect',
      active({ scope: 'ci:read', client_id: 'web', aud: [AUDIENCE, 'x'], exp: inSeconds(20) }),
    );
    expect(await built.tokens.verify(TOKEN)).toMatchObject({
      caller: { subject: 'ash', clientId: 'web', scopes: ['ci:read'], expiresAt: clock.wallTime() + 20_000 },
    });
    expect(Object.fromEntries(server.last.form)).toEqual({ token: TOKEN, token_type_hint: 'access_token' });
  });

  it.each<[string, () => object, string]>([
    ['that is over', () => ({ active: false }), 'not active'],
    ['for another audience', () => active({ aud: 'https://other.example' }), 'for another audience'],
    ['for no audience at all', () => active({ aud: [] }), 'for another audience'],
    ['that does not say for whom it is', () => active({ aud: undefined }), 'for another audience'],
    ['of another issuer', () => active({ iss: 'https://evil.example' }), 'of another issuer'],
    ['that is active although it is over', () => active({ exp: inSeconds(-60) }), 'expired'],
    ['whose end is text', () => active({ exp: 'tomorrow' }), 'expired'],
    ['that is not valid yet', () => active({ nbf: inSeconds(60) }), 'not yet valid'],
    ['that is a refresh token', () => active({ token_type: undefined }), 'not an access token'],
    ['that says it is a refresh token', () => active({ token_use: 'refresh_token' }), 'not an access token'],
    ['that is bound to a key', () => active({ token_type: 'DPoP' }), 'not an access token'],
    ['that has a key to prove', () => active({ cnf: { jkt: 'k' } }), 'bound to a key'],
    ['that tells of events', () => active({ events: {} }), 'not an access token'],
    ['of nobody', () => active({ sub: undefined }), 'malformed'],
    ['of a number', () => active({ sub: 7, client_id: 'web' }), 'malformed'],
    ['of null', () => active({ sub: null, client_id: 'web' }), 'malformed'],
    ['of a user without a subject', () => active({ sub: undefined, username: 'ash', client_id: 'web' }), 'malformed'],
  ])('%s is refused', async (_what, answer, refusal) => {
    server.answer('/introspect', answer());
    expect(await verify()).toBe(refusal);
  });

  it('of nobody else stands for its client', async () => {
    server.answer('/introspect', active({ sub: undefined, client_id: 'web' }));
    expect(await verify()).toBe('web');
  });

  it('that never ends is taken, and ends when nothing can be written any more', async () => {
    server.answer('/introspect', active({ exp: 9e15 }));
    expect(await built.tokens.verify(TOKEN)).toMatchObject({ caller: { expiresAt: Date.UTC(9999, 11, 31) } });
  });

  it.each([
    ['text', '{"active":"true"}'],
    ['a list', '[]'],
    ['a page', '<html>'],
    ['nothing', ''],
  ])('is an error when the server answers with %s', async (_what, answer) => {
    server.answer('/introspect', answer);
    expect(await rejectionOf(verify())).toMatchObject({ code: 'upstream_invalid_answer', operation: 'introspect' });
  });

  it('is refused when we may not ask', async () => {
    const anonymous = buildAuthorization({ baseUrl: server.url, audience: AUDIENCE, clock });
    expect(briefly(await anonymous.tokens.verify(TOKEN))).toBe('of a kind that is not accepted');
    expect(server.seen).toEqual([]);
    await anonymous.close();
  });

  it('is refused when there is nobody to ask', async () => {
    server.describe(server.url, { introspection_endpoint: undefined });
    expect(await verify()).toBe('of a kind that is not accepted');
  });
});

describe('what is known of an opaque token', () => {
  it('is asked once for all who present it at the same time, and for 30 seconds', async () => {
    server.answer('/introspect', active());
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => verify())))).toEqual(new Set(['ash']));
    await clock.advance(29_999);
    await verify();
    expect(asked()).toBe(1);
    await clock.advance(1);
    await verify();
    expect(asked()).toBe(2);
  });

  it('is not believed beyond the end of the token', async () => {
    server.answer('/introspect', active({ exp: inSeconds(5) }));
    await verify();
    await clock.advance(5_000);
    server.answer('/introspect', { active: false });
    expect(await verify()).toBe('not active');
  });

  it('is remembered for 10 seconds when it is not good', async () => {
    server.answer('/introspect', { active: false });
    await verify();
    await clock.advance(9_999);
    await verify();
    expect(asked()).toBe(1);
    server.answer('/introspect', active());
    await clock.advance(1);
    expect(await verify()).toBe('ash');
  });

  it('is never said of another token', async () => {
    server.answer('/introspect', (form) => active({ sub: form.get('token')! }));
    expect(await Promise.all(['a', 'b', 'a'].map(verify))).toEqual(['a', 'b', 'a']);
  });
});
