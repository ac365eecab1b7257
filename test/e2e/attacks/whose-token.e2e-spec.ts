import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import type { AuthorizationStandIn } from '../../upstreams/authorization.stand-in.ts';
import { startScripted, type ScriptedServer } from '../authorization-provider/scripted-server.ts';
import { startTokenScene, type TokenScene } from '../tokens/token-scene.ts';

type SignedBy = Parameters<AuthorizationStandIn['signToken']>;

describe('an access token signed by the server', () => {
  let scene: TokenScene | undefined;
  afterEach(() => scene?.close());
  const present = async ([claims, signing]: SignedBy, env = {}): Promise<Answer> => {
    scene = await startTokenScene({ env });
    return scene.get(await scene.server.signToken(claims, signing));
  };

  // One caller for all users of a client: what is stored, counted and shown is shared among them.
  it.each([
    ['a number', 12_345],
    ['empty', ''],
    ['an object', { id: 7 }],
    ['missing (RFC 9068 §2.2)', undefined],
  ])('does not stand for its client when its subject is %s', async (_what, sub) => {
    expect((await present([{ sub, client_id: 'web' }])).status).toBe(401);
  });

  it.each([9e15, 1e308])('may end after all dates that there are: exp %d', async (exp) => {
    expect((await present([{ exp }])).status).toBe(200);
  });

  // Its thief is whom the binding is for (RFC 9449 §7.2, RFC 8705 §3); we cannot tell thief and owner apart.
  it.each([{ jkt: 'k' }, { 'x5t#S256': 'c' }])('is no bearer token when it is bound to a key: %j', async (cnf) => {
    expect((await present([{ cnf }])).status).toBe(401);
  });

  it('does not become somebody else by claims named like parts of an object', async () => {
    const claims = JSON.parse('{"sub":"eve","__proto__":{"sub":"ann"},"constructor":{"sub":"ann"}}') as object;
    expect(jsonOf(await present([{ ...claims }]))).toMatchObject({ subject: 'eve', scopes: [] });
  });

  it('is none when it says that it is for logging out, though the type is the same', async () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    expect((await present([{ events }, { typ: 'JWT' }], { AUTH_TOKEN_TYPE: 'jwt' })).status).toBe(401);
  });
});

describe('what the server says of an opaque token', () => {
  let server: ScriptedServer;
  let breakwater: TestApp;
  beforeEach(async () => {
    server = await startScripted();
    const client = { AUTH_CLIENT_ID: 'breakwater', AUTH_CLIENT_SECRET: 'a secret of the attacks' };
    breakwater = await createApp({ env: { AUTH_ISSUER: server.url, AUTH_AUDIENCE: 'api', ...client } });
  });
  afterEach(async () => {
    await breakwater.close();
    await server.close();
  });
  const say = (more: object): Promise<Answer> => {
    server.answer('/introspect', { active: true, token_type: 'Bearer', aud: 'api', ...more });
    return ask(`${breakwater.url}/api/v1/me`, { headers: { authorization: 'Bearer some-opaque-token' } });
  };

  it.each([
    ['a number', { sub: 7, client_id: 'web' }],
    ['missing, while a user is named', { username: 'ann', client_id: 'web' }],
  ])('does not make a user of its client when the subject is %s', async (_what, answer) =>
    expect((await say(answer)).status).toBe(401),
  );

  it('makes a client of it that acts for itself', async () =>
    expect(jsonOf(await say({ client_id: 'web' }))).toMatchObject({ subject: 'web', clientId: 'web' }));

  it('may be that it never ends', async () => expect((await say({ sub: 'ann', exp: 9e15 })).status).toBe(200));

  it('may be that it is bound to a key: then it is no bearer token', async () =>
    expect((await say({ sub: 'ann', cnf: { jkt: 'k' } })).status).toBe(401));
});
