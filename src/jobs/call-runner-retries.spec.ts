import { describe, expect, it, jest } from '@jest/globals';
import { buildFailure, readCall, startCall, untilAborted, type Run } from '../../test/support/background-call.ts';
import { elapse } from '../../test/support/elapse.ts';

const HOUR_MS = 3_600_000;

describe('CallRunner, when an attempt fails', () => {
  it('tries again what failed for a while, by the delays of the operation, and then no more', async () => {
    const run = jest.fn<Run>().mockRejectedValue(buildFailure('upstream_unreachable', { sent: false }));
    const started = await startCall({ run, retryDelaysMs: [1_000, 60_000] });
    const { clock } = started.background;
    await elapse(clock, 899);
    expect(run).toHaveBeenCalledTimes(1);
    const first = await readCall(started);
    expect(first).toMatchObject({ state: 'queued', attempts: 1, problem: { code: 'upstream_unreachable' } });
    expect(first.nextAttemptAt! - first.createdAt).toBeGreaterThanOrEqual(900);
    await elapse(clock, 201);
    expect(run).toHaveBeenCalledTimes(2);
    await elapse(clock, 66_000);
    expect(await readCall(started)).toMatchObject({
      state: 'failed',
      attempts: 3,
      problem: { code: 'upstream_unreachable' },
    });
    await elapse(clock, HOUR_MS);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('comes back at the time the upstream named, without counting', async () => {
    const run = jest.fn<Run>().mockResolvedValue('done');
    for (let i = 0; i < 20; i += 1)
      run.mockRejectedValueOnce(buildFailure('upstream_throttled', { status: 429, retryAfterMs: 60_000 }));
    const started = await startCall({ run, retryDelaysMs: [] });
    const { clock } = started.background;
    await elapse(clock, 59_999);
    expect(run).toHaveBeenCalledTimes(1);
    expect(await readCall(started)).toMatchObject({
      state: 'queued',
      attempts: 0,
      problem: { code: 'upstream_throttled' },
    });
    await elapse(clock, 20 * 65_001);
    expect(await readCall(started)).toMatchObject({ state: 'succeeded', attempts: 1, result: 'done' });
  });

  it('does not wait for ever for those that never have room', async () => {
    const run = jest.fn<Run>().mockRejectedValue(buildFailure('overloaded', { sent: false }));
    const started = await startCall({ run });
    await elapse(started.background.clock, 23 * HOUR_MS);
    expect(await readCall(started)).toMatchObject({ state: 'queued', attempts: 0 });
    await elapse(started.background.clock, 2 * HOUR_MS);
    expect(await readCall(started)).toMatchObject({ state: 'failed', problem: { code: 'overloaded' } });
    expect(run.mock.calls.length).toBeLessThan(200);
  });

  it('does not begin a wait that would be too long', async () => {
    const run = jest.fn<Run>().mockRejectedValue(buildFailure('upstream_throttled', { retryAfterMs: 1e15 }));
    const started = await startCall({ run });
    await elapse(started.background.clock, 0);
    expect(await readCall(started)).toMatchObject({ state: 'failed', problem: { code: 'upstream_throttled' } });
  });

  it('never sends again what may have been done and must not be done twice', async () => {
    const run = jest.fn<Run>().mockRejectedValue(buildFailure('upstream_timeout'));
    const started = await startCall({ run });
    await elapse(started.background.clock, 48 * HOUR_MS);
    expect(await readCall(started)).toMatchObject({
      state: 'outcome_unknown',
      attempts: 1,
      problem: { code: 'upstream_timeout' },
    });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('logs a bug of ours with its stack, and tells the caller nothing of it', async () => {
    const started = await startCall({ run: () => Promise.reject(new TypeError('workflow is undefined')) });
    await elapse(started.background.clock, 0);
    const { problem, state } = await readCall(started);
    expect([state, problem?.code, problem?.status]).toEqual(['failed', 'internal', 500]);
    expect(JSON.stringify(problem)).not.toContain('undefined');
    const line = started.background.lines.find((text) => text.includes('workflow is undefined'));
    expect(line).toMatch(/"stack":"TypeError/);
  });

  it('takes a method that throws at once for one that fails', async () => {
    const run: Run = () => {
      throw buildFailure('upstream_rejected', { status: 400 });
    };
    const started = await startCall({ run });
    await elapse(started.background.clock, 0);
    expect(await readCall(started)).toMatchObject({ state: 'failed', problem: { code: 'upstream_rejected' } });
  });

  it('ends an attempt that takes more than ten minutes', async () => {
    const [always, never] = await Promise.all(
      (['always', 'never'] as const).map((repeatable) =>
        startCall({ run: untilAborted(), repeatable, retryDelaysMs: [9] }),
      ),
    );
    await elapse(always!.background.clock, 600_000);
    await elapse(never!.background.clock, 600_000);
    expect(await readCall(always!)).toMatchObject({
      state: 'queued',
      attempts: 1,
      problem: { code: 'upstream_timeout' },
    });
    expect(await readCall(never!)).toMatchObject({ state: 'outcome_unknown', attempts: 1 });
  });
});
