import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildAuthorization,
  type BuiltAuthorization,
} from '../../../test/e2e/authorization-provider/build-authorization.ts';
import { startScripted, type ScriptedServer } from '../../../test/e2e/authorization-provider/scripted-server.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';

let clock: FakeClock;
let server: ScriptedServer;
let built: BuiltAuthorization;
let published: object;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startScripted();
  published = rotate();
  built = buildAuthorization({ baseUrl: server.url, clock });
});
afterEach(async () => {
  await built.close();
  await server.close();
});

const rotate = (): object => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = { keys: [publicKey.export({ format: 'jwk' })] };
  server.answer('/jwks', keys);
  return keys;
};
const fetches = (): number => server.seen.filter((line) => line === 'GET /jwks').length;

/** Lets time pass until `promise` is settled: it may wait for the clock after it has waited for a socket. */
const inTime = async <T>(promise: Promise<T>): Promise<T> => {
  let isOver = false;
  void promise.catch(() => undefined).finally(() => (isOver = true));
  await eventually(async () => {
    if (!isOver) await clock.advance(100);
    expect(isOver).toBe(true);
  });
  return promise;
};

describe('the set of keys', () => {
  it('stays the same object while the server has the same keys', async () => {
    const keys = await built.keys.current();
    expect(await inTime(built.keys.newerThan(keys))).toBeUndefined();
    expect([await built.keys.current(), fetches()]).toEqual([keys, 2]);
  });

  it('is looked up again a second after the last time, not before', async () => {
    const keys = await built.keys.current();
    rotate();
    const newer = built.keys.newerThan(keys);
    await clock.advance(999);
    // By the time this has been answered, so would the other have been.
    await fetch(`${server.url}/nothing`);
    expect(fetches()).toBe(1);
    expect(await inTime(newer)).not.toBe(keys);
  });

  it('is not looked up for keys that have been replaced already', async () => {
    const keys = await built.keys.current();
    rotate();
    const newer = await inTime(built.keys.newerThan(keys));
    expect([await built.keys.newerThan(keys), fetches()]).toEqual([newer, 2]);
  });

  it('is looked up once for all who raise an alarm', async () => {
    const keys = await built.keys.current();
    await inTime(Promise.all(Array.from({ length: 100 }, () => built.keys.newerThan(keys))));
    expect(fetches()).toBe(2);
  });

  it('is looked up once a second for false alarms, and so is followed within one: however many there were', async () => {
    const keys = await built.keys.current();
    const startedAt = clock.now();
    for (let alarm = 0; alarm < 60; alarm += 1) expect(await inTime(built.keys.newerThan(keys))).toBeUndefined();
    expect(fetches()).toBeLessThanOrEqual(1 + (clock.now() - startedAt) / 1_000);
    rotate();
    const newer = built.keys.newerThan(keys);
    await clock.advance(1_000);
    expect(await newer).toBeDefined();
  });

  it('is looked up anew for who comes while it is: that look-up may have missed the key', async () => {
    const keys = await built.keys.current();
    await clock.advance(1_000);
    let underWay: ServerResponse | undefined;
    server.answer('/jwks', (_form, response) => void (underWay = response));
    const first = built.keys.newerThan(keys);
    await eventually(() => expect(underWay).toBeDefined());
    const second = built.keys.newerThan(keys);
    rotate();
    // The pause is over sooner than the look-up.
    await clock.advance(1_500);
    underWay!.end(JSON.stringify(published));
    expect(await inTime(first)).toBeUndefined();
    expect(await inTime(second)).toBeDefined();
  });

  it('serves for an hour while the server is down, and no longer', async () => {
    const keys = await built.keys.current();
    server.answer('/jwks', (_form, response) => void response.writeHead(404).end());
    await clock.advance(59 * 60_000);
    expect(await built.keys.current()).toBe(keys);
    await clock.advance(60_000);
    expect(await rejectionOf(inTime(built.keys.current()))).toMatchObject({ code: 'upstream_rejected' });
  });

  it('cannot be told from newer ones while the server is down', async () => {
    const keys = await built.keys.current();
    server.answer('/jwks', (_form, response) => void response.writeHead(404).end());
    const failure = await rejectionOf(inTime(built.keys.newerThan(keys)));
    expect(failure).toMatchObject({ code: 'upstream_rejected', reason: 'status 404' });
    // For whoever asks at once, no further look-up.
    expect(await rejectionOf(inTime(built.keys.newerThan(keys)))).toBe(failure);
  });
});
