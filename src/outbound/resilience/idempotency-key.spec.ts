import { describe, expect, it } from '@jest/globals';
import { buildCall, buildOptions, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import { compose } from '../http/call.ts';
import type { HeaderMap } from '../http/header-map.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { RetryBudget } from './retry-budget.ts';
import { retry } from './retry.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const KEYED: CallParts = { method: 'POST', operation: { idempotencyKey: true } };

const headersAfter = async (parts: CallParts, headerName = 'Idempotency-Key'): Promise<HeaderMap | undefined> => {
  const { send, calls } = scripted(buildReply());
  await idempotencyKey(headerName)(send)(buildCall(parts));
  return calls[0]?.headers;
};

describe('idempotencyKey', () => {
  it.each([
    ['a GET', { ...KEYED, method: 'GET' }],
    ['a PUT', { ...KEYED, method: 'PUT' }],
    ['a DELETE', { ...KEYED, method: 'DELETE' }],
    ['a POST of an operation that was not declared to take keys', { method: 'POST' }],
  ])('gives none to %s', async (_what, parts) => expect(await headersAfter(parts)).toEqual({}));

  it('keeps the key that the caller chose', async () => {
    expect(await headersAfter({ ...KEYED, headers: { 'idempotency-key': 'mine' } })).toEqual({
      'idempotency-key': 'mine',
    });
  });

  it.each(['POST', 'PATCH'])(
    'gives a %s a key, under the name its provider uses, beside its other headers',
    async (method) => {
      const headers = await headersAfter({ ...KEYED, method, headers: { accept: 'text/plain' } }, 'X-Request-Token');
      expect(headers).toEqual({ accept: 'text/plain', 'x-request-token': expect.stringMatching(UUID) });
    },
  );

  it('gives each call a key of its own', async () => {
    const keys = await Promise.all([headersAfter(KEYED), headersAfter(KEYED)]);
    expect(keys[0]).not.toEqual(keys[1]);
  });

  it('keeps the key over all attempts of a call', async () => {
    const { send, calls } = scripted(failure(), failure(), buildReply());
    const options = buildOptions();
    const clock = new FakeClock();
    const repeated = retry(options, { budget: new RetryBudget(options), clock, random: () => 0.5 });
    const answered = compose([idempotencyKey('Idempotency-Key'), repeated], send)(buildCall(KEYED));
    await elapse(clock, 1_000);
    expect((await answered).status).toBe(200);
    const keys = calls.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([expect.stringMatching(UUID), keys[0], keys[0]]);
  });
});
