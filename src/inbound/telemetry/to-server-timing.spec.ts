import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import type { AttemptRecord, CallReceipt } from '../../outbound/index.ts';
import { toRepeatedTiming, toServerTiming } from './to-server-timing.ts';

const attempt: AttemptRecord = { startedAtMs: 0, queuedMs: 0, durationMs: 1 };

/** As W3C Server Timing §4 and RFC 9110 §5.6 have it: what does not match is not read. */
const ENTRY = /^[\w!#$%&'*+.^`|~-]+;dur=\d+(\.\d)?(;desc="(?:[\t !#-[\]-~]|\\["\\])*")?$/;

const timingOf = (parts: Partial<CallReceipt>): string => toServerTiming([buildReceipt(parts)], 20.04);

describe('Server-Timing', () => {
  it.each<[string, Partial<CallReceipt>, string]>([
    ['a hit', { durationMs: 0.04, cache: { ttlMs: 5 } }, 'fixture;dur=0;desc="getThing hit"'],
    [
      'a miss',
      { durationMs: 12.34, attempts: [attempt], cache: { fwd: 'uri-miss' } },
      'fixture;dur=12.3;desc="getThing miss"',
    ],
    [
      'a call that was retried',
      { durationMs: 9, attempts: [attempt, attempt], cache: { fwd: 'miss' } },
      'fixture;dur=9;desc="getThing miss, 2 attempts"',
    ],
    [
      'what stood in',
      { cache: { fwd: 'stale', detail: 'stale-if-error' } },
      'fixture;dur=0;desc="getThing stale-if-error"',
    ],
    ['a failure', { outcome: 'circuit_open' }, 'fixture;dur=0;desc="getThing, circuit_open"'],
    ['a raw call', { operation: 'GET (raw)' }, 'fixture;dur=0;desc="GET (raw)"'],
  ])('tells of %s', (_what, parts, entry) => expect(timingOf(parts)).toBe(`${entry}, total;dur=20`));

  it('is the total alone when no call was made', () => expect(toServerTiming([], 0.06)).toBe('total;dur=0.1'));

  it.each(['a"b', 'a\\', 'a\r\nset-cookie: b', 'a\u0000b', 'Ünïcode \u{1F600}', '', ', x;dur=1', '"'.repeat(500)])(
    'stays readable whatever an operation is called: %j',
    (operation) => {
      const entries = toServerTiming([buildReceipt({ operation, provider: `a b,;"${operation}` })], 1);
      expect(entries.slice(0, entries.lastIndexOf(', total;'))).toMatch(ENTRY);
      expect(entries).toMatch(/^[\x20-\x7e]*$/);
    },
  );

  it('has 20 entries at most, the total among them', () => {
    const calls = Array.from({ length: 50 }, () => buildReceipt());
    const sources = Array.from({ length: 50 }, () => ({ cache: 'fixture' }));
    for (const timing of [toServerTiming(calls, 1), toRepeatedTiming(sources, 1)]) {
      const entries = timing.split(', ');
      expect([entries.length, entries.at(-1)]).toEqual([20, 'total;dur=1']);
      for (const entry of entries) expect(entry).toMatch(ENTRY);
    }
  });

  it('says of a repeated answer that all of it was at hand', () => {
    expect(toRepeatedTiming([{ cache: 'pokeapi' }], 0.3)).toBe('pokeapi;dur=0;desc="hit", total;dur=0.3');
  });
});
