import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { captureLog } from '../../../test/support/captured-log.ts';
import type { AttemptRecord, CallReceipt } from '../../outbound/index.ts';
import { explainCalls } from './explain-calls.ts';

const LINE_BYTES = 8_192;

const attemptAt = (startedAtMs: number, error = 'status 503'): AttemptRecord => ({
  startedAtMs,
  queuedMs: 0.1,
  dispatchedMs: 0.2,
  sentMs: 0.3,
  firstByteMs: 50,
  durationMs: 51,
  status: 503,
  error,
  code: 'upstream_failed',
  server: 'https://a.example',
  spanId: 'b7ad6b7169203331',
});

const failed = (parts: Partial<CallReceipt> = {}): CallReceipt =>
  buildReceipt({ outcome: 'upstream_failed', status: 503, attempts: [attemptAt(0)], ...parts });

const attemptsOf = (calls: readonly CallReceipt[]): { startedAtMs: number }[] =>
  (explainCalls(calls).calls as { attempts: { startedAtMs: number }[] }[])[0]!.attempts;

describe('explainCalls', () => {
  it('has nothing to say when all calls went well, or none was made', () => {
    expect([explainCalls([]), explainCalls([buildReceipt()])]).toEqual([{}, {}]);
  });

  it('tells of each call that did not end well what was done for it', () => {
    const decisions = ['not retried: attempts made: 1'];
    const cache = { fwd: 'uri-miss' } as const;
    expect(explainCalls([buildReceipt(), failed({ durationMs: 52, decisions, cache, circuit: 'closed' })])).toEqual({
      calls: [
        {
          provider: 'fixture',
          operation: 'getThing',
          outcome: 'upstream_failed',
          status: 503,
          durationMs: 52,
          cache,
          circuit: 'closed',
          attempts: [expect.objectContaining({ server: 'https://a.example', firstByteMs: 50, error: 'status 503' })],
          decisions,
        },
      ],
    });
  });

  it('tells how a call of many attempts began and how it ended', () => {
    const attempts = Array.from({ length: 9 }, (_, at) => attemptAt(at));
    expect(attemptsOf([failed({ attempts })]).map(({ startedAtMs }) => startedAtMs)).toEqual([0, 1, 6, 7, 8]);
    expect(explainCalls([failed({ attempts })]).calls).toMatchObject([{ attemptsLeftOut: 4 }]);
    expect(attemptsOf([failed({ attempts: attempts.slice(0, 5) })])).toHaveLength(5);
  });

  it('tells of ten calls, and how many more there were', () => {
    const calls = Array.from({ length: 50 }, () => failed({ attempts: [], outcome: 'circuit_open' }));
    const { calls: told, callsLeftOut } = explainCalls(calls);
    expect([told?.length, callsLeftOut]).toEqual([10, 40]);
  });

  it.each(['z', 'ü', '"', '\n'])('leaves a line below 8 KiB, however much %j there is to tell', (character) => {
    const long = character.repeat(1_000_000);
    const attempts = Array.from({ length: 100 }, (_, at) => attemptAt(at, long));
    const call = failed({ attempts, decisions: Array.from({ length: 100 }, () => long) });
    const { log, lines } = captureLog();
    const line = {
      requestId: 'z'.repeat(128),
      route: 'z'.repeat(300),
      failure: { code: 'z', reason: 'z'.repeat(300) },
    };
    for (const many of [1, 2, 5, 50]) log.warn({ ...line, ...explainCalls(Array(many).fill(call)) }, 'request');
    for (const one of lines) expect(Buffer.byteLength(one)).toBeLessThan(LINE_BYTES);
    for (const one of lines) expect(one).toContain('"calls":[{');
    expect(lines.at(-1)).toContain('callsLeftOut');
  });
});
