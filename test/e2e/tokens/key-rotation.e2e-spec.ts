import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { problemOf, type Answer } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { KeyRotation } from '../../upstreams/authorization/authorization-handles.ts';
import { garbageJwt } from '../authorization-provider/garbage-jwt.ts';
import { expectInvalidToken } from './expect-refused.ts';
import { useDuring } from './flood.ts';
import { startTokenScene, type TokenScene } from './token-scene.ts';

const CALLERS = 8;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

let scene: TokenScene;
afterEach(() => scene.close());

describe('keys that are rotated under load', () => {
  beforeEach(async () => {
    scene = await startTokenScene();
  });

  /** Eight callers with a new token for every request; how many requests there were of each status. */
  const load = async (during: Promise<unknown>): Promise<Record<number, number>> => {
    const statuses: Record<number, number> = {};
    const callers = Array.from({ length: CALLERS }, () =>
      useDuring(during, `${scene.breakwater.url}/api/v1/me`, () => scene.server.signToken()),
    );
    for (const outcome of await Promise.all(callers))
      for (const [status, count] of Object.entries(outcome.statuses))
        statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
    return statuses;
  };

  /** Rotates as soon as the new keys have been fetched after the time before. */
  const rotate = async (rotations: readonly KeyRotation[]): Promise<void> => {
    for (const rotation of rotations) {
      const before = scene.hits('/jwks');
      await scene.server.rotateKeys(rotation);
      await eventually(() => expect(scene.hits('/jwks')).toBeGreaterThan(before), 10_000);
    }
  };

  it.each<[string, KeyRotation]>([
    ['under new names', {}],
    ['under new names beside the old ones', { publishOld: true }],
    ['under the same name', { keepKid: true }],
  ])('%s cost no request, and little', async (_how, rotation) => {
    expect((await scene.get(await scene.server.signToken())).status).toBe(200);
    const statuses = await load(rotate([rotation, rotation, rotation]));
    expect(Object.keys(statuses)).toEqual(['200']);
    expect(statuses[200]).toBeGreaterThanOrEqual(3 * CALLERS);
    expect(scene.hits('/jwks')).toBe(4);
  });

  it('cost no opaque token, and no call', async () => {
    const opaque = await scene.server.mintToken({ opaque: true });
    for (const rotation of [{}, { keepKid: true }, { publishOld: true }]) {
      await scene.server.rotateKeys(rotation);
      expect((await scene.get(opaque)).status).toBe(200);
    }
    expect(scene.hits('/jwks')).toBe(0);
  });
});

describe('tokens of a key that is published no longer', () => {
  let clock: FakeClock;
  let known: string;
  let unknown: string[];
  beforeEach(async () => {
    clock = new FakeClock(Date.now());
    scene = await startTokenScene({ clock });
    const sign = () => scene.server.signToken({ exp: Date.now() / 1_000 + 3 * 3_600 });
    known = await sign();
    unknown = await Promise.all(Array.from({ length: 3 }, sign));
    expect((await scene.get(known)).status).toBe(200);
  });

  /** Pauses and backoff end on the application's clock. */
  const present = async (token: string): Promise<Answer> => {
    const answer = scene.get(token);
    let isOver = false;
    const end = (): void => void (isOver = true);
    answer.then(end, end);
    while (!isOver) await clock.advance(10);
    return answer;
  };
  const statusOf = async (token: string): Promise<number> => (await present(token)).status;

  it.each([{}, { keepKid: true }])(
    'are refused at once when a token of the new key has come, but for known ones, a minute later: %j',
    async (rotation) => {
      await scene.server.rotateKeys(rotation);
      expect(await statusOf(await scene.server.signToken())).toBe(200);
      expectInvalidToken(await present(unknown[0]!));
      expect(await statusOf(known)).toBe(200);
      await clock.advance(MINUTE_MS);
      expectInvalidToken(await present(known));
    },
  );

  it('are refused after five minutes when none has', async () => {
    await scene.server.rotateKeys();
    await clock.advance(4 * MINUTE_MS);
    expect(await statusOf(unknown[0]!)).toBe(200);
    await clock.advance(MINUTE_MS);
    // The first that comes has the keys looked up, and does not wait for that.
    expect(await statusOf(unknown[1]!)).toBe(200);
    await eventually(() => expect(scene.hits('/jwks')).toBe(2));
    expectInvalidToken(await present(unknown[2]!));
    await clock.advance(MINUTE_MS);
    for (const token of [known, ...unknown]) expectInvalidToken(await present(token));
  });

  it('are taken for an hour while keys cannot be had, and then that is no fault of theirs', async () => {
    await scene.server.rotateKeys();
    scene.server.failAt('/jwks', 503);
    await clock.advance(59 * MINUTE_MS);
    expect(await statusOf(unknown[0]!)).toBe(200);
    await clock.advance(MINUTE_MS);
    const answer = await present(unknown[1]!);
    expect([[502, 503], problemOf(answer).provider]).toEqual([
      expect.arrayContaining([answer.status]),
      'authorization',
    ]);
  });

  it('are followed by new ones at once, although somebody invents keys all the time', async () => {
    const { issuer: iss, audience: aud, signToken } = scene.server;
    const exp = Date.now() / 1_000 + 3_600;
    const startedAt = clock.now();
    for (let alarm = 0; alarm < 30; alarm += 1) await present(garbageJwt({ iss, aud, exp }));
    expect(scene.hits('/jwks')).toBeLessThanOrEqual(1 + (clock.now() - startedAt) / SECOND_MS);
    await scene.server.rotateKeys();
    expect(await statusOf(await signToken({ exp }))).toBe(200);
  });
});
