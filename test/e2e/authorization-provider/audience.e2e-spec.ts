import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/platform/secret.ts';
import { buildAuthorization, type AuthorizationSetup } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';

type Parameter = AuthorizationSetup['audienceParameter'] & string;
type Asked = Readonly<Record<string, string>>;

const URI = 'https://api.example.com';
const LOGIN = { redirectUri: 'http://127.0.0.1/auth/callback', state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) };

let server: ScriptedServer;

beforeEach(async () => {
  server = await startScripted();
  server.answer('/token', { access_token: 'a', token_type: 'Bearer', expires_in: 60 });
});
afterEach(() => server.close());

const namesIn = (parameters: URLSearchParams): Asked =>
  Object.fromEntries([...parameters].filter(([name]) => name === 'resource' || name === 'audience'));

/** What three requests say of an audience: for a token of our own, for a login, for new tokens. */
const askAll = async (audience: string, audienceParameter: Parameter): Promise<Asked[]> => {
  const client = { clientId: 'breakwater', clientSecret: 'the-client-secret' };
  const built = buildAuthorization({ baseUrl: server.url, audience, audienceParameter, ...client });
  await built.client.issue({ audience });
  const own = namesIn(server.last.form);
  const login = namesIn(new URL(await built.client.beginLogin(LOGIN)).searchParams);
  await built.client.refresh(new Secret('the-refresh-token'), 'ash');
  await built.close();
  return [own, login, namesIn(server.last.form)];
};

describe('for whom a token is to be', () => {
  it.each<[Parameter, Asked]>([
    ['resource', { resource: URI }],
    ['audience', { audience: URI }],
    ['none', {}],
  ])('is said by AUTH_AUDIENCE_PARAMETER=%s', async (parameter, asked) => {
    expect(await askAll(URI, parameter)).toEqual([asked, asked, asked]);
  });

  it('is no resource at a login when it is no URI: the server would refuse it', async () => {
    expect(await askAll('api', 'resource')).toEqual([{ resource: 'api' }, {}, {}]);
    expect(await askAll('api', 'audience')).toEqual([{ audience: 'api' }, { audience: 'api' }, { audience: 'api' }]);
  });
});
