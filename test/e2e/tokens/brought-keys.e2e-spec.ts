import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';
import { byHmac, byKey, craftJwt, currentKid, foreign, goodClaims } from './craft-jwt.ts';
import { expectInvalidToken, expectUntold } from './expect-refused.ts';
import { startTokenScene, type TokenScene } from './token-scene.ts';

const jwk = { ...foreign.publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'mine' };

let scene: TokenScene;
let kid: string;
/** Whoever is told by a token where keys are, and looks, ends up here. */
let trap: Listening;
let trapped = 0;
beforeAll(async () => {
  const server = createServer((_request, response) => {
    trapped += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  trap = await listenLocally(server);
  scene = await startTokenScene();
  kid = await currentKid(scene.server);
});
afterAll(async () => {
  await scene.close();
  await trap.close();
});

const sign = byKey(foreign.privateKey);
const place = (): string => `http://127.0.0.1:${trap.port}/jwks`;

describe('a token that brings its own key is refused, and nobody looks for that', () => {
  it.each<[string, () => object]>([
    ['jwk', () => ({ jwk })],
    ['jwk, under the name of a known key', () => ({ jwk: { ...jwk, kid }, kid })],
    ['jku', () => ({ jku: place(), kid: 'mine' })],
    ['jku, under the name of a known key', () => ({ jku: place(), kid })],
    ['x5u', () => ({ x5u: place() })],
    ['x5c', () => ({ x5c: [foreign.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] })],
    ['a thumbprint', () => ({ x5t: 'mine', 'x5t#S256': 'mine' })],
    ['a place for a name', () => ({ kid: place() })],
    ['all of them', () => ({ jwk, jku: place(), x5u: place(), kid: 'mine' })],
  ])('%s', async (_what, header) => {
    const token = craftJwt({ alg: 'RS256', typ: 'at+jwt', ...header() }, goodClaims(scene.server), sign);
    const answer = await scene.get(token);
    expectInvalidToken(answer);
    expectUntold(answer, scene.breakwater, token);
    expect(trapped).toBe(0);
  });

  it('a shared secret', async () => {
    const secret = 'a secret of the bearer’s own';
    const oct = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
    const token = craftJwt({ alg: 'HS256', typ: 'at+jwt', jwk: oct }, goodClaims(scene.server), byHmac(secret));
    expectInvalidToken(await scene.get(token));
  });

  it('an issuer of its own, with discovery and all', async () => {
    const claims = { ...goodClaims(scene.server), iss: `http://127.0.0.1:${trap.port}` };
    expectInvalidToken(await scene.get(craftJwt({ alg: 'RS256', typ: 'at+jwt', kid: 'mine' }, claims, sign)));
    expect(trapped).toBe(0);
  });
});
