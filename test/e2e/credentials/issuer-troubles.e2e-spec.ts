import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RequestContext, runInContext } from '../../../src/platform/context/request-context.ts';
import { SystemClock } from '../../../src/platform/clock.ts';
import { clientCredentials, path } from '../../../src/outbound/index.ts';
import { buildProvider, type BuiltProvider, type ProviderSetup } from '../../support/build-provider.ts';
import { eventually } from '../../support/eventually.ts';
import { issuerFailure } from '../../support/issuer-failure.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';

let upstream: TokenUpstream;
let issuer: TestIssuer;
let built: BuiltProvider;

beforeEach(async () => {
  upstream = await startTokenUpstream();
  issuer = new TestIssuer();
});
afterEach(async () => {
  issuer.release();
  await built.provider.close();
  await upstream.close();
});

const build = (own: ProviderSetup = {}): void => {
  const credential = clientCredentials({ scope: 'read write' });
  built = buildProvider({
    baseUrl: upstream.url,
    breakerMinAttempts: 3,
    cache: 'off',
    credential,
    issuer: () => issuer,
    ...own,
  });
};
const get = (signal?: AbortSignal): Promise<void> => built.client.get(path`/things`, signal && { signal });

describe('an issuer that fails', () => {
  it.each([
    issuerFailure(),
    issuerFailure({ code: 'upstream_failed', reason: 'status 503', status: 503, sent: true }),
    issuerFailure({ code: 'upstream_timeout', reason: 'the attempt took longer', sent: true }),
    issuerFailure({ code: 'circuit_open', retryAfterMs: 5_000 }),
    issuerFailure({ code: 'not_configured', transient: false }),
  ])('is what the call fails with, at once, and the upstream is not blamed: $code', async (failed) => {
    build();
    issuer.answer(failed);
    for (let turn = 0; turn < 20; turn += 1) expect(await rejectionOf(get())).toBe(failed);
    expect([issuer.requests.length, upstream.seen.length]).toEqual([1, 0]);
    expect(built.receipts.every(({ attempts }) => attempts.length === 1)).toBe(true);
    expect(built.receipts[0]?.decisions[0]).toBe(`not retried: no credential: ${failed.reason}`);
    expect(built.provider.status).toMatchObject({ circuit: 'closed', retryBudgetTokens: 500, attemptsInFlight: 0 });
  });

  it('that grants less than was asked for is named as such', async () => {
    build();
    issuer.answer({ scopes: ['read'] });
    expect(await rejectionOf(get())).toMatchObject({
      code: 'upstream_rejected',
      provider: 'fixture',
      reason: expect.stringContaining('missing: write'),
    });
    expect([built.receipts[0]?.attempts.length, upstream.seen.length]).toEqual([1, 0]);
  });
});

describe('a call that waits for its token', () => {
  it('ends with its caller, and no other does', async () => {
    build();
    issuer.hold();
    const controller = new AbortController();
    const reason = new Error('left');
    const [leaving, staying] = [rejectionOf(get(controller.signal)), get()];
    const context = new RequestContext('request-1', undefined, Infinity);
    const hangingUp = rejectionOf(runInContext(context, () => get()));
    await eventually(() => expect(issuer.requests.length).toBe(1));
    controller.abort(reason);
    context.abort(reason);
    expect([await leaving, await hangingUp]).toEqual([reason, reason]);
    issuer.release();
    await staying;
    expect([issuer.requests.length, upstream.tokens]).toEqual([1, ['Bearer issued-1']]);
  });

  it('ends at its deadline, and no other does', async () => {
    build();
    issuer.hold();
    const context = new RequestContext('request-1', undefined, new SystemClock().now() + 50);
    const late = rejectionOf(runInContext(context, () => get()));
    const staying = get();
    expect(await late).toMatchObject({ code: 'upstream_timeout', reason: expect.stringContaining('deadline') });
    issuer.release();
    await staying;
    expect(issuer.requests.length).toBe(1);
  });

  it('ends when its attempt has lasted too long, the wait included', async () => {
    build({ attemptTimeoutMs: 50, maxAttempts: 1 });
    issuer.hold();
    expect(await rejectionOf(get())).toMatchObject({
      code: 'upstream_timeout',
      reason: 'the attempt took longer than 50 ms',
    });
    expect([built.receipts.length, upstream.seen.length]).toEqual([1, 0]);
  });

  it('does not take the time for that of the upstream, which has not been asked', async () => {
    build({ attemptTimeoutMs: 50, maxAttempts: 1 });
    issuer.hold();
    for (let turn = 0; turn < 3; turn += 1) await rejectionOf(get());
    expect(built.provider.status.circuit).toBe('closed');
  });

  it('does not make the upstream slow', async () => {
    build({ attemptTimeoutMs: 2_000, breakerMinSlowAttempts: 3, slowAttemptRatio: 0.01 });
    issuer.hold();
    const calls = Promise.all([get(), get(), get(), get()]);
    const startedAt = performance.now();
    await eventually(() => expect(performance.now() - startedAt).toBeGreaterThan(100));
    issuer.release();
    await calls;
    expect(built.provider.status.circuit).toBe('closed');
  });
});
