import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { post } from '../../upstreams/authorization/raw-requests.ts';
import { GuardedModule } from '../authentication/guarded.module.ts';
import { expectInvalidToken, expectUntold } from './expect-refused.ts';
import { startTokenScene, type TokenScene } from './token-scene.ts';
import { logInElsewhere } from './tokens-of-a-login.ts';

const SCOPED = '/api/v1/guarded/fields';

let scene: TokenScene;
beforeAll(async () => {
  scene = await startTokenScene({ imports: [GuardedModule] });
});
afterAll(() => scene.close());

const expectRefused = async (token: string): Promise<void> => {
  const answer = await scene.get(token);
  expectInvalidToken(answer);
  expectUntold(answer, scene.breakwater, token);
};

const expiresAt = async (token: string): Promise<number> => {
  const { body } = await post(scene.server, '/token/introspection', { token });
  return Number(body['exp']) * 1_000;
};

describe('an opaque token is refused', () => {
  it.each([
    ['that nobody issued', () => randomBytes(32).toString('base64url')],
    ['of one letter', () => 'a'],
    ['as long as it may be', () => 'a'.repeat(8_192)],
  ])('%s', (_what, make) => expectRefused(make()));

  it('that was revoked before it came', async () => {
    const token = await scene.server.mintToken({ opaque: true });
    await post(scene.server, '/token/revocation', { token }, { client: 'robot' });
    await expectRefused(token);
  });

  it('that is over', async () => {
    const token = await scene.server.mintToken({ opaque: true, lifetimeSeconds: 1 });
    const endsAt = await expiresAt(token);
    await eventually(() => expect(Date.now()).toBeGreaterThan(endsAt));
    await expectRefused(token);
  });

  it('that ends while its verdict is remembered', async () => {
    const token = await scene.server.mintToken({ opaque: true, lifetimeSeconds: 2 });
    expect((await scene.get(token)).status).toBe(200);
    await eventually(() => expectRefused(token), 10_000);
  });

  it('for another audience', async () => {
    await expectRefused(await scene.server.mintToken({ opaque: true, audience: scene.server.otherAudience }));
  });

  it('that is a refresh token, an ID token or a code', async () => {
    const tokens = await logInElsewhere(scene.server, { scope: 'openid offline_access' });
    expect([tokens.refreshToken.length > 16, tokens.idToken.split('.').length]).toEqual([true, 3]);
    await expectRefused(tokens.refreshToken);
    await expectRefused(tokens.idToken);
  });

  // Whoever users log in to at the same server, anywhere else, holds such a token of theirs.
  it.each(['breakwater', 'breakwater-post'] as const)(
    'that %s got when it logged somebody in, for no API at all',
    async (client) => {
      const { accessToken } = await logInElsewhere(scene.server, { client });
      await expectRefused(accessToken);
    },
  );

  it('of a client that named no audience', async () => {
    await expectRefused(await scene.server.mintToken({ audience: null }));
  });
});

describe.each([true, false])('a good token (opaque: %s)', (opaque) => {
  it('is taken for what the server says of it', async () => {
    const answer = await scene.get(await scene.server.mintToken({ opaque, scope: 'ci:read pokemon:read' }));
    expect([answer.status, jsonOf(answer)]).toEqual([
      200,
      {
        subject: 'robot',
        issuer: scene.server.issuer,
        clientId: 'robot',
        audience: [scene.server.audience],
        scopes: ['ci:read', 'pokemon:read'],
        expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  it('opens what its scopes allow', async () => {
    expect((await scene.get(await scene.server.mintToken({ opaque, scope: 'ci:read' }), SCOPED)).status).toBe(200);
  });

  it('opens nothing else, and the answer says what would', async () => {
    for (const scope of ['pokemon:read', 'ci:write', '']) {
      const token = await scene.server.mintToken({ opaque, scope });
      const answer = await scene.get(token, SCOPED);
      expect([answer.status, jsonOf(answer)]).toMatchObject([403, { status: 403, code: 'forbidden' }]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="ci:read"');
      expectUntold(answer, scene.breakwater, token);
    }
  });

  it('of a client without any right opens nothing either', async () => {
    const token = await scene.server.mintToken({ opaque, scope: 'ci:read', client: 'guest' });
    expect((await scene.get(token, SCOPED)).status).toBe(403);
  });
});

// A `Date` holds 8.64e15 ms; the server signed it, so it is good.
it('a token that ends in a time that no calendar knows is no error of ours', async () => {
  expect((await scene.get(await scene.server.signToken({ exp: 1e13 }))).status).toBeLessThan(500);
});
