import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import type { AttemptRecord, CallReceipt } from './call-receipt.ts';
import { CallReceipts } from './call-receipts.ts';
import { ReceiptLog } from './receipt-log.ts';

const attempt: AttemptRecord = { startedAtMs: 0, queuedMs: 0, durationMs: 1 };

const linesFor = (parts: Partial<CallReceipt>): object[] => {
  const { log, lines } = captureLog();
  const receipts = new CallReceipts();
  void new ReceiptLog(receipts, log);
  receipts.publish(buildReceipt({ attempts: [attempt], ...parts }));
  return lines.map((line) => JSON.parse(line) as object);
};

describe('ReceiptLog', () => {
  it.each<[string, Partial<CallReceipt>, string, string]>([
    [
      'failed',
      { outcome: 'upstream_failed', status: 503, attempts: [attempt, attempt] },
      'warn',
      'An upstream call failed',
    ],
    ['was rejected', { outcome: 'upstream_rejected', status: 403 }, 'warn', 'An upstream call failed'],
    ['met an open circuit', { outcome: 'circuit_open' }, 'warn', 'An upstream call failed'],
    ['was retried', { attempts: [attempt, attempt] }, 'info', 'An upstream call was retried'],
    ['was slow', { durationMs: 1_001 }, 'info', 'An upstream call was slow'],
    [
      'found nothing',
      { outcome: 'upstream_rejected', status: 404 },
      'debug',
      'An upstream call was refused or cancelled',
    ],
    [
      'had an expired token',
      { outcome: 'upstream_rejected', status: 401 },
      'debug',
      'An upstream call was refused or cancelled',
    ],
    ['was cancelled', { outcome: 'cancelled' }, 'debug', 'An upstream call was refused or cancelled'],
  ])('writes one line for a call that %s', (_how, parts, level, msg) => {
    expect(linesFor(parts)).toEqual([
      expect.objectContaining({ level, msg, call: expect.objectContaining({ provider: 'fixture' }) }),
    ]);
  });

  it('writes nothing for a call that went well', () => {
    expect(linesFor({ durationMs: 1_000 })).toEqual([]);
  });
});
