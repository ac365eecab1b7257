import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider, type ProviderSetup } from '../../../test/support/build-provider.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { startFaultServer, type FaultServer } from '../../../test/upstreams/fault-server.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { path } from './path.ts';

const answer = z.object({ ok: z.literal(true) });
let server: FaultServer;
let built: BuiltProvider;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
afterEach(() => built.provider.close());

const build = (setup: ProviderSetup = {}): BuiltProvider => (built = buildProvider({ baseUrl: server.url, ...setup }));

describe('ApiClient, when the call cannot succeed', () => {
  it.each([
    ['/status/404', 'upstream_rejected', 1],
    ['/status/401', 'upstream_rejected', 1],
    ['/status/500', 'upstream_failed', 3],
    ['/status/501', 'upstream_failed', 1],
    ['/redirect', 'upstream_invalid_answer', 1],
    ['/wrong-content-type', 'upstream_invalid_answer', 1],
    ['/mislabelled-json', 'upstream_invalid_answer', 1],
    ['/invalid-json', 'upstream_invalid_answer', 1],
    ['/empty', 'upstream_invalid_answer', 1],
    ['/wrong-shape', 'upstream_invalid_answer', 1],
    ['/broken-gzip', 'upstream_invalid_answer', 1],
    ['/zip-bomb', 'upstream_invalid_answer', 1],
    ['/reset-before', 'upstream_unreachable', 3],
  ])('fails over %s with %s after %i attempt(s)', async (url, code, attempts) => {
    const { client, receipts } = build();
    const target = { value: url, template: url };
    expect(await rejectionOf(client.get(target, { answer }))).toMatchObject({ code });
    expect(receipts[0]?.attempts).toHaveLength(attempts);
    expect(server.elsewhere.hits).toBe(0);
  });

  it('refuses an operation that nobody declared, or declared for another method', async () => {
    const { client } = build({ operations: { createThing: { method: 'POST' } } });
    const undeclared = rejectionOf(client.get(path`/ok`, { operation: 'getThing' }));
    expect(await undeclared).toEqual(
      new TypeError('Provider fixture declares no operation "getThing": add it to defineProvider'),
    );
    const wrongMethod = rejectionOf(client.get(path`/ok`, { operation: 'createThing' }));
    expect(await wrongMethod).toEqual(new TypeError('Operation createThing is declared as POST, but called as GET'));
  });

  it.each(['before it is sent', 'while it is under way'])(
    'fails with the reason of a signal that aborts %s',
    async (when) => {
      const reason = new Error('no longer wanted');
      const controller = new AbortController();
      if (when === 'before it is sent') controller.abort(reason);
      const headers = { authorization: 'Bearer s3cret' };
      const ended = rejectionOf(build().client.get(path`/hang`, { signal: controller.signal, headers }));
      await new Promise(setImmediate);
      controller.abort(reason);
      expect(await ended).toBe(reason);
    },
  );

  it('does not take a header that cannot be sent for a failure of the upstream', async () => {
    const { client, receipts } = build();
    const failed = await rejectionOf(client.post(path`/ok`, { headers: { 'x-name': 'Flab\u0101b' } }));
    expect((failed as { code?: unknown }).code).not.toBe('upstream_unreachable');
    expect(receipts.flatMap(({ attempts }) => attempts).length).toBeLessThanOrEqual(1);
  });

  it.each([
    ['its own deadline', { deadlineMs: 300 }, 5_000],
    ['the deadline of the request it is made for', { deadlineMs: 5_000 }, 300],
  ])('ends at %s when that is nearer', async (_whose, options, requestMs) => {
    const clock = new FakeClock();
    const { client } = build({ clock });
    const context = new RequestContext('request-1', undefined, requestMs);
    const ended = runInContext(context, () => rejectionOf(client.get(path`/hang`, options)));
    await elapse(clock, 300);
    expect(await ended).toMatchObject({ code: 'upstream_timeout' });
    expect(clock.pending).toBe(0);
  });

  it('does not repeat a POST that was processed, unless a key makes it safe', async () => {
    const { client, receipts } = build({ operations: { createThing: { idempotencyKey: true } } });
    expect(await rejectionOf(client.post(path`/reset-after/plain`, { body: {} }))).toMatchObject({
      code: 'upstream_unreachable',
    });
    expect(server.processed.byPath.get('/reset-after/plain')).toBe(1);
    await client.post(path`/reset-after/keyed`, { body: {}, operation: 'createThing' });
    expect(server.processed.byPath.get('/reset-after/keyed')).toBe(1);
    expect(receipts.map(({ attempts }) => attempts.length)).toEqual([1, 2]);
  });
});
