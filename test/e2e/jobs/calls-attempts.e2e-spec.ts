import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import type { CallRecord } from '../../../src/jobs/call-record.ts';
import { Records } from '../../../src/platform/records/records.ts';
import type { ProbeDefaults } from '../../support/probe.module.ts';
import { backgroundProbe } from '../../support/background-probe.module.ts';
import { withMemoryBackground } from '../../support/background.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startFaultServer, type FaultServer } from '../../upstreams/fault-server.ts';

let faults: FaultServer;
let running: TestApp | undefined;

beforeAll(async () => {
  faults = await startFaultServer();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});
afterAll(() => faults.close());

const start = async (defaults: Partial<ProbeDefaults> = {}): Promise<BackgroundCalls> => {
  const limits = { attemptTimeoutMs: 5_000, callDeadlineMs: 10_000, backoffBaseMs: 1 };
  const provider = { baseUrl: faults.url, ...limits, operations: { write: {} }, ...defaults };
  running = await createApp({ imports: [backgroundProbe(provider)], override: withMemoryBackground });
  return running.app.get(BackgroundCalls, { strict: false });
};

const submit = (
  calls: BackgroundCalls,
  operation: string,
  input: { to?: string; from?: string },
): Promise<CallRecord> => calls.submit({ operation: `probe.${operation}`, input, owner: null });

/** The call, once it is as expected. */
const become = async (calls: BackgroundCalls, { id }: CallRecord, expected: object): Promise<CallRecord> => {
  await eventually(async () => expect(await calls.find(id)).toMatchObject(expected), 10_000);
  return (await calls.find(id))!;
};

const writtenTo = (path: string): number => faults.processed.byPath.get(path) ?? 0;

describe('An attempt at a background call', () => {
  it('ends as succeeded what the upstream did', async () => {
    const calls = await start();
    const call = await submit(calls, 'writeOnce', { to: '/ok/attempt' });
    await become(calls, call, { state: 'succeeded', attempts: 1 });
    const [request] = faults.requestsSeen.filter(({ path }) => path === '/ok/attempt');
    expect(request?.headers['x-request-id']).toBe(call.id);
    expect(writtenTo('/ok/attempt')).toBe(1);
  });

  it('is made again, whatever it is, when nobody listens', async () => {
    const calls = await start({ baseUrl: faults.refusedUrl });
    const call = await submit(calls, 'writeOnce', { to: '/ok' });
    await become(calls, call, { state: 'failed', attempts: 3, problem: { code: 'upstream_unreachable' } });
  });

  it.each(['/reset-after', '/status/500', '/status/503'])(
    'is never made again when it may have been done and has no key: %s',
    async (fault) => {
      const path = `${fault}/once`;
      const calls = await start();
      const call = await submit(calls, 'writeOnce', { to: path });
      await become(calls, call, { state: 'outcome_unknown', attempts: 1 });
      expect(faults.requestsSeen.filter((request) => request.path === path)).toHaveLength(1);
    },
  );

  it('is made again under the same key until it is done, and was done once', async () => {
    const calls = await start();
    const call = await submit(calls, 'writeWithKey', { to: '/reset-once/keyed' });
    await become(calls, call, { state: 'succeeded' });
    expect(faults.executions(call.id)).toBe(1);
  });

  it('waits as long as the upstream asks for, and that does not count', async () => {
    const calls = await start();
    const call = await submit(calls, 'writeOnce', { to: '/throttled-seconds/attempt' });
    const waiting = await become(calls, call, {
      state: 'queued',
      attempts: 0,
      problem: { code: 'upstream_throttled' },
    });
    expect(waiting.nextAttemptAt! - waiting.startedAt!).toBeGreaterThanOrEqual(1_000);
  });

  it('is made again when only a read before the write failed', async () => {
    const calls = await start();
    const call = await submit(calls, 'readThenWrite', { from: '/status/502', to: '/ok/not-reached' });
    await become(calls, call, { state: 'queued', attempts: 1, problem: { code: 'upstream_failed' } });
    expect(writtenTo('/ok/not-reached')).toBe(0);
  });

  it('is not made again when a read after the write failed', async () => {
    const calls = await start();
    const call = await submit(calls, 'writeThenRead', { from: '/status/502', to: '/ok/written' });
    await become(calls, call, { state: 'outcome_unknown', attempts: 1 });
    expect(writtenTo('/ok/written')).toBe(1);
  });

  it('has told by its receipt when it was repeated under a key, as the next one would have another', async () => {
    const calls = await start({ operations: { write: { idempotencyKey: true } } });
    const call = await submit(calls, 'writeOnce', { to: '/status/503/keyed' });
    await become(calls, call, { state: 'outcome_unknown', attempts: 1 });
    const receipt = running!.receipts.find(({ requestId }) => requestId === call.id);
    expect(receipt?.decisions.join()).toMatch(/retried: .* the idempotency key makes it safe to repeat/);
  });

  it('lets go of the upstream when it is cancelled', async () => {
    const calls = await start();
    const call = await submit(calls, 'writeWithKey', { to: '/hang/cancelled' });
    await eventually(() => expect(faults.requestsSeen.map(({ path }) => path)).toContain('/hang/cancelled'));
    await calls.cancel(call.id);
    await faults.whenAborted('/hang/cancelled');
    await become(calls, call, { state: 'outcome_unknown' });
  });

  it('ends with the process: what may have been done is not done again, the rest is given back', async () => {
    const calls = await start();
    const [once, keyed] = [
      await submit(calls, 'writeOnce', { to: '/hang/once' }),
      await submit(calls, 'writeWithKey', { to: '/hang/keyed' }),
    ];
    const paths = () => faults.requestsSeen.map(({ path }) => path);
    await eventually(() => expect(paths()).toEqual(expect.arrayContaining(['/hang/once', '/hang/keyed'])));
    const records = running!.app.get(Records, { strict: false });
    await running!.close();
    running = undefined;
    const states = await Promise.all(
      [once, keyed].map(async ({ id }) => (await records.get<CallRecord>('calls', id))?.value.state),
    );
    expect(states).toEqual(['outcome_unknown', 'queued']);
  });
});
