import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { garbageJwt } from './garbage-jwt.ts';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

const NOT_ASKED = 'not known, and too many were refused';

let subject: ServerUnderTest;

beforeEach(async () => {
  subject = await startServer();
  await verify(await subject.server.signToken(), true);
});
afterEach(() => subject.close());

const verify = async (token: string, mayAsk = false): Promise<string> =>
  briefly(await subject.tokens.verify(token, { mayAsk }));

describe('a token for which nobody may be asked', () => {
  it('is taken when it is a JWT of a known key', async () =>
    expect(await verify(await subject.server.signToken())).toBe('robot'));

  it('is taken when it was before', async () => {
    const token = await subject.server.mintToken({ opaque: true });
    expect(await verify(token, true)).toBe('robot');
    const before = subject.server.requests.length;
    expect(await verify(token)).toBe('robot');
    expect(subject.server.requests).toHaveLength(before);
  });

  it('is refused when it is opaque, which is remembered by nobody', async () => {
    const token = await subject.server.mintToken({ opaque: true });
    const before = subject.server.requests.length;
    expect(await verify(token)).toBe(NOT_ASKED);
    expect(subject.server.requests).toHaveLength(before);
    expect(await verify(token, true)).toBe('robot');
  });

  it('is refused when it is of an unknown key, which is looked up by nobody', async () => {
    await subject.server.rotateKeys();
    const [token, before] = [await subject.server.signToken(), subject.hits('/jwks')];
    expect(await verify(token)).toBe(NOT_ASKED);
    const { issuer: iss, audience: aud } = subject.server;
    expect(await verify(garbageJwt({ iss, aud }))).toBe(NOT_ASKED);
    expect(subject.hits('/jwks')).toBe(before);
    expect(await verify(token, true)).toBe('robot');
  });

  it('is refused for what is wrong with it anyway', async () =>
    expect(await verify(await subject.server.signToken({ exp: 1 }))).toBe('expired'));
});
