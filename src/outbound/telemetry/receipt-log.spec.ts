import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { ReceiptLog } from './receipt-log.ts';

const first: AttemptRecord = {
  startedAtMs: 0,
  queuedMs: 12.3456,
  dispatchedMs: 12.4001,
  sentMs: 13.0999,
  firstByteMs: 60.06,
  durationMs: 61.15,
  status: 503,
  server: 'https://a.example',
  spanId: 'b7ad6b7169203331',
};

/** With all that a receipt may bear. */
const whole: CallReceipt = buildReceipt({
  requestId: 'request-1',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  trace: { traceId: '0af7651916cd43dd8448eb211c80319c', flags: '01', spanId: 'b7ad6b7169203331' },
  query: { page: '2' },
  startedAt: 123_456.789,
  attempts: [
    first,
    { startedAtMs: 261.19, queuedMs: 0, durationMs: 3_000.04, error: 'attempt timeout', code: 'upstream_timeout' },
  ],
  backoffsMs: [200.04],
  decisions: ['retried: status 503', 'not retried: attempts made: 2'],
  durationMs: 3_261.23,
  outcome: 'upstream_timeout',
  cache: { fwd: 'uri-miss', stored: false },
  circuit: 'closed',
  retryBudgetTokens: 8.55,
  notices: { sunset: 'Sat, 01 Jan 2028 00:00:00 GMT', quota: { remaining: 3 } },
});

const linesFor = (receipt: CallReceipt): Record<string, unknown>[] => {
  const { log, lines } = captureLog();
  const receipts = new CallReceipts();
  void new ReceiptLog(receipts, log);
  receipts.publish(receipt);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('ReceiptLog', () => {
  it('writes one line with the whole receipt, to a tenth of a millisecond, and none of its machinery', () => {
    const { trace: _trace, startedAt: _startedAt, requestId, traceId, ...told } = whole;
    expect(linesFor(whole)).toEqual([
      {
        level: 'warn',
        time: expect.any(String),
        msg: 'An upstream call failed',
        requestId,
        traceId,
        call: {
          ...told,
          attempts: [
            { ...first, queuedMs: 12.3, dispatchedMs: 12.4, sentMs: 13.1, firstByteMs: 60.1, durationMs: 61.2 },
            { ...told.attempts[1], startedAtMs: 261.2, durationMs: 3_000 },
          ],
          backoffsMs: [200],
          durationMs: 3_261.2,
          retryBudgetTokens: 8.6,
        },
      },
    ]);
  });

  it('writes at the level that the remark has, and nothing when there is none', () => {
    expect(linesFor(buildReceipt({ durationMs: 1_001 }))).toMatchObject([{ level: 'info' }]);
    expect(linesFor(buildReceipt({ outcome: 'cancelled' }))).toMatchObject([{ level: 'debug' }]);
    expect(linesFor(buildReceipt())).toEqual([]);
  });
});
