import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '../../../src/outbound/index.ts';
import { AccessTokens } from '../../../src/providers/authorization/access-tokens.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startAuthorization, type AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { briefly } from './server-under-test.ts';

let server: AuthorizationStandIn;
let app: TestApp;

beforeAll(async () => {
  server = await startAuthorization();
  app = await createApp({
    env: {
      AUTH_ISSUER: server.issuer,
      AUTH_AUDIENCE: server.audience,
      AUTH_CLIENT_ID: server.clientId,
      AUTH_CLIENT_SECRET: server.clientSecret,
    },
  });
});
afterAll(async () => {
  await app.close();
  await server.close();
});

describe('the authorization server, in the application', () => {
  it('verifies tokens, and issues them', async () => {
    expect(briefly(await app.app.get(AccessTokens).verify(await server.mintToken()))).toBe('robot');
    const { value } = await app.app.get(TokenIssuer).issue({ audience: server.audience });
    expect(server.isAccepted(value.reveal())).toBe(true);
    expect(app.receipts.map(({ provider, operation }) => `${provider} ${operation}`)).toEqual([
      'authorization getMetadata',
      'authorization getKeys',
      'authorization getToken',
    ]);
    expect(app.logLines.join()).not.toContain(value.reveal());
  });
});
