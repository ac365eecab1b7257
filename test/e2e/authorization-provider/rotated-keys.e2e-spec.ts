import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { garbageJwt } from './garbage-jwt.ts';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeEach(async () => {
  subject = await startServer({ attemptTimeoutMs: 1_500 });
});
afterEach(() => subject.close());

const judge = async (token: string): Promise<string> => briefly(await subject.tokens.verify(token));

/** Different tokens, all signed with the key that is current now. */
const sign = (count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, jti) => subject.server.signToken({ jti: `${jti}` })));

/** How many different outcomes there are, and which. */
const outcomesOf = async (tokens: readonly string[]): Promise<string[]> => [
  ...new Set(await Promise.all(tokens.map(judge))),
];

describe('keys that change at the server', () => {
  it('are fetched once for all who come first', async () => {
    expect(await outcomesOf(await sign(100))).toEqual(['robot']);
    expect([subject.hits('/jwks'), subject.hits('/.well-known/openid-configuration')]).toEqual([1, 1]);
  });

  it.each([
    ['under a new name', {}],
    ['under a new name beside the old', { publishOld: true }],
    ['under the same name', { keepKid: true }],
  ])('%s cost no request, however many come at once', async (_how, rotation) => {
    expect(await outcomesOf(await sign(20))).toEqual(['robot']);
    await subject.server.rotateKeys(rotation);
    expect(await outcomesOf(await sign(60))).toEqual(['robot']);
    await subject.server.rotateKeys(rotation);
    expect(await outcomesOf(await sign(60))).toEqual(['robot']);
    expect(subject.hits('/jwks')).toBe(3);
  });

  it('leave tokens of an old key that is still published alone', async () => {
    const old = await sign(20);
    expect(await judge(old[0]!)).toBe('robot');
    await subject.server.rotateKeys({ publishOld: true });
    expect(await outcomesOf([...(await sign(20)), ...old])).toEqual(['robot']);
  });

  it('end tokens of an old key that is not', async () => {
    const [first, second] = await sign(2);
    expect(await judge(first!)).toBe('robot');
    await subject.server.rotateKeys({ keepKid: true });
    expect(await outcomesOf(await sign(1))).toEqual(['robot']);
    expect(await judge(second!)).toBe('signature does not verify');
  });
});

const flood = (count: number): Promise<string>[] =>
  Array.from({ length: count }, () => judge(garbageJwt({ iss: subject.server.issuer, aud: subject.server.audience })));

describe('a flood of tokens with invented keys', () => {
  it('has keys looked up once each, and is refused', async () => {
    const [first] = await sign(1);
    expect(await judge(first!)).toBe('robot');
    expect(await Promise.all(flood(2_000))).toEqual(Array(2_000).fill('signature does not verify'));
    expect(subject.hits('/jwks')).toBe(2);
    expect(await Promise.all(flood(2_000))).toEqual(Array(2_000).fill('signature does not verify'));
    expect(subject.hits('/jwks')).toBe(3);
  });

  it('does not keep new keys from being followed', async () => {
    const [first] = await sign(1);
    expect(await judge(first!)).toBe('robot');
    const refused = Promise.all(flood(500));
    await subject.server.rotateKeys();
    expect(await outcomesOf(await sign(20))).toEqual(['robot']);
    expect([...new Set(await refused)]).toEqual(['signature does not verify']);
  });

  it('holds up nobody else, not even while keys are being looked up', async () => {
    const [first, ...good] = await sign(20);
    expect(await judge(first!)).toBe('robot');
    subject.server.failAt('/jwks', 'hang');
    const refused = Promise.all(flood(100));
    await eventually(() => expect(subject.hits('/jwks')).toBe(2));
    expect(await outcomesOf(good)).toEqual(['robot']);
    expect(await Promise.race([refused, Promise.resolve('still waiting')])).toBe('still waiting');
    subject.server.failAt('/jwks');
    expect([...new Set(await refused)]).toEqual(['signature does not verify']);
  });

  it('with a known key’s name, too', async () => {
    const [first] = await sign(1);
    expect(await judge(first!)).toBe('robot');
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forged = await Promise.all(
      Array.from({ length: 200 }, (_, jti) => subject.server.signToken({ jti }, { alg: 'ES256', key })),
    );
    expect(await outcomesOf(forged)).toEqual(['signature does not verify']);
    expect(subject.hits('/jwks')).toBeLessThanOrEqual(3);
  });

  it('of other issuers costs nothing', async () => {
    const others = Array.from({ length: 100 }, () => judge(garbageJwt({ iss: 'https://other.example', aud: 'x' })));
    expect([...new Set(await Promise.all(others))]).toEqual(['of another issuer']);
    expect(subject.server.requests).toHaveLength(0);
  });
});
