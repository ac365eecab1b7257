import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LIMITS } from '../../../src/features/events/stream-places.ts';
import { ask, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, ADAS_SESSION, GRACE } from '../authentication/known-callers.ts';
import { createListeningApp, type ListeningApp } from './listening-app.ts';

let breakwater: ListeningApp;
beforeEach(async () => {
  breakwater = await createListeningApp({ env: { PUBLIC_URL: 'https://api.example.com', RATE_LIMIT: '60/60' } });
});
const { max } = LIMITS;
afterEach(async () => {
  LIMITS.max = max;
  await breakwater.close();
});

const open = (count: number, topic: string, token?: string) =>
  Promise.all(
    Array.from({ length: count }, () => breakwater.source(topic, token === undefined ? {} : { token }).connect()),
  );

const refusal = async (topic: string, headers: Record<string, string> = {}) => {
  const answer = await ask(`${breakwater.url}/api/v1/events/${topic}`, { headers });
  return { ...problemOf(answer), retryAfter: answer.headers.get('retry-after') };
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('streams at once', () => {
  it('are eight for a caller, whatever the topics and the credential, and another one has its own', async () => {
    await open(7, 'probe-owned', ADA);
    const [last] = await open(1, 'probe-scoped', ADA);
    const tooMany = { status: 429, code: 'too_many_requests', retryAfter: '5', retryAfterMs: 5_000 };
    expect(await refusal('probe-owned', bearer(ADA))).toMatchObject(tooMany);
    expect(await refusal('probe-owned', { cookie: `__Host-session=${ADAS_SESSION}` })).toMatchObject(tooMany);
    const [hers, everybodys] = [await open(1, 'probe-owned', GRACE), await open(1, 'probe-public')];
    expect([...hers, ...everybodys].map(({ status }) => status)).toEqual([200, 200]);
    await last!.drop();
    await eventually(async () => expect((await open(1, 'probe-owned', ADA))[0]!.status).toBe(200));
  });

  it('are 32 for an address', async () => {
    const sources = await open(32, 'probe-public');
    expect(sources.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await refusal('probe-public')).toMatchObject({ status: 429, code: 'too_many_requests', retryAfter: '5' });
    expect((await open(1, 'probe-owned', GRACE))[0]!.status).toBe(200);
  });

  it('are so many in all', async () => {
    LIMITS.max = 3;
    await open(2, 'probe-public');
    await open(1, 'probe-owned', GRACE);
    const overloaded = { status: 503, code: 'overloaded', retryAfter: '5' };
    expect(await refusal('probe-public')).toMatchObject(overloaded);
    expect(await refusal('probe-owned', bearer(ADA))).toMatchObject(overloaded);
  });
});

describe('the rate limit', () => {
  it('counts who listens once, as a caller where the topic has callers, else by address', async () => {
    const remaining = async (topic: string, token?: string) => {
      const [source] = await open(1, topic, token);
      await source!.drop();
      return source!.answerHeaders.ratelimit;
    };
    expect([await remaining('probe-public'), await remaining('probe-public')]).toEqual([
      expect.stringContaining('r=59;'),
      expect.stringContaining('r=58;'),
    ]);
    expect(await remaining('probe-owned', ADA)).toContain('r=59;');
    const unknown = await ask(`${breakwater.url}/api/v1/events/none`);
    expect(unknown.headers.get('ratelimit')).toContain('r=57;');
  });
});
