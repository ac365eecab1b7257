import { describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildReceipt, buildReply } from '../../../test/support/build-call.ts';
import { LOOKUP } from '../../../test/support/empty-lookup.ts';
import { keeping } from '../../../test/support/keeping.ts';
import type { AttemptRecord, HedgeResult } from '../telemetry/call-receipt.ts';

const FRESH = { 'cache-control': 'max-age=60' };

const at = (startedAtMs: number, more: Partial<AttemptRecord>): AttemptRecord => ({
  startedAtMs,
  queuedMs: 0,
  durationMs: 0,
  ...more,
});

describe('the age of what is kept, which came after two seconds', () => {
  it.each<[string, HedgeResult | undefined, AttemptRecord[], number]>([
    ['the last attempt', undefined, [at(0, { status: 503 }), at(1_500, { status: 200 })], 500],
    ['its being sent', undefined, [at(0, { status: 503 }), at(1_500, { status: 200, queuedMs: 200 })], 300],
    ['a hedge that was faster', 'won', [at(0, {}), at(1_500, { status: 200, isHedge: true })], 500],
    ['a hedge beside a failure', 'won', [at(0, { status: 503 }), at(1_500, { status: 200, isHedge: true })], 500],
    [
      'the first, beside a failed hedge',
      'lost',
      [at(0, { status: 200 }), at(1_500, { status: 503, isHedge: true })],
      2_000,
    ],
    ['the call, where no attempt tells', 'lost', [at(0, {}), at(1_500, { status: 503, isHedge: true })], 2_000],
  ])('counts from %s', async (_what, hedge, attempts, ageMs) => {
    const { clock, store, send } = keeping();
    const receipt = buildReceipt({ attempts, ...(hedge && { hedge }) });
    await send(
      async () => {
        await clock.advance(2_000);
        return buildReply(200, FRESH);
      },
      { receipt },
    );
    expect(store.peek('key')?.ageAt(clock.now())).toBe(ageMs);
  });

  it('counts from the first of two failures: it may be the answer', async () => {
    const { clock, store, send } = keeping();
    const attempts = [at(0, { status: 503 }), at(1_500, { status: 503, isHedge: true })];
    await send(
      async () => {
        await clock.advance(2_000);
        return buildReply(503, FRESH);
      },
      { receipt: buildReceipt({ attempts, hedge: 'failed' }) },
    );
    expect(store.peek('key')?.ageAt(clock.now())).toBe(2_000);
  });

  it('counts from the attempt that confirmed what is stored', async () => {
    const { clock, store, send } = keeping();
    const attempts = [at(0, { status: 503 }), at(1_500, { status: 304 })];
    await send(
      async () => {
        await clock.advance(2_000);
        return buildReply(304, { ...FRESH, etag: '"v1"' });
      },
      { receipt: buildReceipt({ attempts }), lookup: { ...LOOKUP, stored: buildEntry(), validates: true } },
    );
    expect(store.peek('key')?.ageAt(clock.now())).toBe(500);
  });
});
