import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { readIdempotencyKey } from './read-idempotency-key.ts';

const refusalOf = (...lines: string[]): unknown => {
  try {
    return readIdempotencyKey(lines);
  } catch (error) {
    return error instanceof InvalidRequest ? error.errors : error;
  }
};

describe('an idempotency key', () => {
  it.each([
    ['empty', ''],
    ['empty in quotes', '""'],
    ['too long', 'a'.repeat(256)],
    ['too long in quotes', `"${'a'.repeat(256)}"`],
    ['with a blank', 'two words'],
    ['with a blank in quotes', '"two words"'],
    ['with a line break', 'a\r\nx-injected: 1'],
    ['with a NUL', 'a\0b'],
    ['with a letter that is not ASCII', 'schlüssel'],
    ['with one in quotes', '"schlüssel"'],
    ['with an open quote', '"a'],
    ['with something after the quotes', '"a" b'],
    ['two in one line', '"a", "b"'],
    ['two bare ones in one line', 'a, b'],
    ['an escape that there is not', '"a\\n"'],
  ])('that cannot be used is refused: %s', (_what, line) => {
    const detail = 'must be 1 to 255 printable ASCII characters without blanks, quoted or bare';
    expect(refusalOf(line)).toEqual([{ field: 'Idempotency-Key', detail }]);
  });

  it('that is repeated is refused, be it the same', () => {
    for (const other of ['a', 'b'])
      expect(refusalOf('a', other)).toEqual([{ field: 'Idempotency-Key', detail: 'must be given once' }]);
  });

  it('may be absent', () => {
    expect([readIdempotencyKey(), readIdempotencyKey([])]).toEqual([undefined, undefined]);
  });

  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"a"; version=1', 'a'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['a"b', 'a"b'],
    ['?1', '?1'],
    ['a;b=1', 'a;b=1'],
    ['a'.repeat(255), 'a'.repeat(255)],
    [`"${'a'.repeat(255)}"`, 'a'.repeat(255)],
  ])('is read as it stands, or out of its quotes: %s', (line, key) => {
    expect(readIdempotencyKey([line])).toBe(key);
  });
});
