import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { leaveRequest } from './attempt-record.ts';
import type { AttemptRecord } from './call-receipt.ts';

const SPAN = 'a'.repeat(16);

const left = (attempt: Partial<AttemptRecord>, how: Parameters<typeof leaveRequest>[1]): AttemptRecord => {
  const record = { startedAtMs: 0, queuedMs: 0, durationMs: 0, ...attempt };
  leaveRequest(buildReceipt({ attempts: [record] }), how);
  return record;
};

describe('leaveRequest', () => {
  it('keeps what is known of a request, and makes room for the next', () => {
    const record = left(
      { spanId: SPAN, server: 'http://a', dispatchedMs: 1 },
      { code: 'upstream_unreachable', endedMs: 3 },
    );
    const request = { spanId: SPAN, server: 'http://a', dispatchedMs: 1, endedMs: 3, code: 'upstream_unreachable' };
    expect(record.earlier).toEqual([request]);
    expect(record).not.toHaveProperty('spanId');
  });

  it('takes it to have ended when its answer came, unless it is told', () => {
    const [request] = left({ spanId: SPAN, dispatchedMs: 1, firstByteMs: 8 }, { status: 401 }).earlier!;
    expect(request).toEqual({ spanId: SPAN, dispatchedMs: 1, endedMs: 8, status: 401 });
  });

  it('knows of none that was not sent', () => {
    expect([left({ dispatchedMs: 1 }, {}), left({ spanId: SPAN }, {})].map(({ earlier }) => earlier)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('does nothing outside of attempts', () => {
    const receipt = buildReceipt();
    leaveRequest(receipt, { status: 401 });
    expect(receipt.attempts).toEqual([]);
  });
});
