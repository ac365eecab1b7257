import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildAuthorization, type AuthorizationSetup } from './build-authorization.ts';
import { startScripted, type ScriptedServer } from './scripted-server.ts';

const clientSecret = 'a secret: 100%+';
let server: ScriptedServer;

beforeEach(async () => {
  server = await startScripted();
  server.answer('/token', { access_token: 'a', token_type: 'Bearer' });
});
afterEach(() => server.close());

const ask = async (clientAuthentication: AuthorizationSetup['clientAuthentication'] & string): Promise<void> => {
  const built = buildAuthorization({ baseUrl: server.url, clientId: 'a client', clientSecret, clientAuthentication });
  await built.client.issue({ scope: 'a b', audience: 'https://api.example.com' });
  await built.close();
};

describe('the client secret', () => {
  it('is sent in a header, both halves encoded (RFC 6749 §2.3.1)', async () => {
    await ask('client_secret_basic');
    const [scheme, credentials = ''] = server.last.headers.authorization!.split(' ');
    expect([scheme, Buffer.from(credentials, 'base64').toString()]).toEqual([
      'Basic',
      'a+client:a+secret%3A+100%25%2B',
    ]);
    expect([...server.last.form.keys()].sort()).toEqual(['grant_type', 'resource', 'scope']);
  });

  it('is sent in the form, where the server wants that', async () => {
    await ask('client_secret_post');
    expect(server.last.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(server.last.form)).toMatchObject({ client_id: 'a client', client_secret: clientSecret });
  });

  it('is never in an address', async () => {
    await ask('client_secret_basic');
    expect(server.seen).toEqual(['GET /.well-known/openid-configuration', 'POST /token']);
    expect(server.last.headers['user-agent']).toBe('breakwater');
  });
});
