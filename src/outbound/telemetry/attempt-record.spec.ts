import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { leaveRequest } from './attempt-record.ts';
import type { AttemptRecord } from './call-receipt.ts';

const SPAN = 'a'.repeat(16);

const left = (attempt: Partial<AttemptRecord>, how: Parameters<typeof leaveRequest>[1]): AttemptRecord => {
  const record = { startedAtMs: 0, queuedMs: 0, durationMs: 0, ...attempt };
  leaveRequest({ receipt: buildReceipt({ attempts: [record] }) }, how);
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
    // The next may not be let out.
    expect(record).toEqual({ startedAtMs: 0, queuedMs: 0, durationMs: 0, server: 'http://a', earlier: [request] });
  });

  it('takes it to have ended when its answer came, unless it is told', () => {
    const [request] = left({ spanId: SPAN, dispatchedMs: 1, firstByteMs: 8 }, { status: 401 }).earlier!;
    expect(request).toEqual({ spanId: SPAN, dispatchedMs: 1, endedMs: 8, status: 401 });
  });

  it('knows of none that was not sent', () => {
    expect(left({ spanId: SPAN }, {}).earlier).toBeUndefined();
  });

  it('knows of one that no trace tells of', () => {
    expect(left({ dispatchedMs: 1 }, { endedMs: 2 }).earlier).toEqual([{ dispatchedMs: 1, endedMs: 2 }]);
  });

  it('does nothing outside of attempts', () => {
    const receipt = buildReceipt();
    leaveRequest({ receipt }, { status: 401 });
    expect(receipt.attempts).toEqual([]);
  });
});
