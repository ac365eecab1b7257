import { describe, expect, it } from '@jest/globals';
import { buildCaller, requestOf } from '../../../test/support/build-caller.ts';
import { buildCall } from '../../../test/support/build-call.ts';
import { buildToken } from '../../../test/support/build-token.ts';
import { settled } from '../../../test/support/fake-clock.ts';
import { issuerFailure } from '../../../test/support/issuer-failure.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { TestIssuer } from '../../../test/support/test-issuer.ts';
import { currentContext, runInContext } from '../../platform/context/request-context.ts';

const LEFT = new Error('left');

describe('waiting for a token', () => {
  it.each(['read', 'renew'] as const)('ends for one who leaves, and for nobody else: %s', async (how) => {
    const { token, issuer, read } = buildToken();
    const held = how === 'renew' ? await token.read(buildCall()) : undefined;
    issuer.hold();
    const controller = new AbortController();
    const call = buildCall({ signal: controller.signal });
    const leaving = rejectionOf(held ? token.renew(held, call) : token.read(call));
    const staying = read();
    controller.abort(LEFT);
    expect(await leaving).toBe(LEFT);
    issuer.release();
    expect(await staying).toBe(`issued-${issuer.requests.length}`);
    expect(issuer.requests.length).toBe(how === 'renew' ? 2 : 1);
  });

  it('is not in vain when everybody leaves: the token is there for the next one', async () => {
    const { token, issuer, read } = buildToken();
    issuer.hold();
    const controller = new AbortController();
    const leaving = rejectionOf(token.read(buildCall({ signal: controller.signal })));
    controller.abort(LEFT);
    await leaving;
    issuer.release();
    await settled();
    expect([await read(), issuer.requests.length]).toEqual(['issued-1', 1]);
  });

  it('belongs to no request: none of them shortens it, is told of it, or cancels it', async () => {
    const { token, issuer, read } = buildToken();
    const seen: unknown[] = [];
    const issue = issuer.issue.bind(issuer);
    issuer.issue = (request) => {
      seen.push(currentContext());
      return issue(request);
    };
    await runInContext(requestOf(buildCaller(), 1), () => token.read(buildCall()));
    expect([await read(), seen]).toEqual(['issued-1', [undefined]]);
  });
});

describe('an issuer that fails', () => {
  it('fails all who wait, and all who come within a second, with one request', async () => {
    const { issuer, clock, read } = buildToken({ issuer: new TestIssuer(issuerFailure()) });
    const failed = await Promise.all(Array.from({ length: 500 }, () => rejectionOf(read())));
    await clock.advance(999);
    expect(new Set([...failed, await rejectionOf(read())]).size).toBe(1);
    expect(issuer.requests.length).toBe(1);
    await clock.advance(1);
    await rejectionOf(read());
    expect(issuer.requests.length).toBe(2);
  });

  it('is asked less and less often, every 30 s in the end, and used again as soon as it answers', async () => {
    const { issuer, clock, read } = buildToken({ issuer: new TestIssuer(issuerFailure()) });
    const askedAt: number[] = [];
    for (let second = 0; second < 125; second += 1) {
      const before = issuer.requests.length;
      await rejectionOf(read());
      if (issuer.requests.length > before) askedAt.push(second);
      await clock.advance(1_000);
    }
    expect(askedAt).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
    issuer.answer({});
    await clock.advance(30_000);
    expect(await read()).toBe(`issued-${askedAt.length + 1}`);
  });

  it('is left alone for as long as it asks', async () => {
    const { issuer, clock, read } = buildToken({ issuer: new TestIssuer(issuerFailure({ retryAfterMs: 12_000 }), {}) });
    await rejectionOf(read());
    await clock.advance(11_999);
    await rejectionOf(read());
    expect(issuer.requests.length).toBe(1);
    await clock.advance(1);
    expect(await read()).toBe('issued-2');
  });

  it('is remembered anew from the beginning once it has answered', async () => {
    const steps = [issuerFailure(), issuerFailure(), { lifeMs: 10 }, issuerFailure(), {}];
    const { clock, read } = buildToken({ issuer: new TestIssuer(...steps) });
    await rejectionOf(read());
    await clock.advance(1_000);
    await rejectionOf(read());
    await clock.advance(2_000);
    expect(await read()).toBe('issued-3');
    await clock.advance(10);
    await rejectionOf(read());
    await clock.advance(1_000);
    expect(await read()).toBe('issued-5');
  });
});
