import { describe, expect, it } from '@jest/globals';
import type { HeaderMap } from '../../http/header-map.ts';
import { toPartialAnswer } from './byte-range.ts';

const WHOLE = Buffer.from('0123456789');

describe('a part of a body (RFC 9110 §14)', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
    ['bytes=0-9', '0123456789', 'bytes 0-9/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=0-', '0123456789', 'bytes 0-9/10'],
    ['bytes=7-99', '789', 'bytes 7-9/10'],
    ['bytes=007-008', '78', 'bytes 7-8/10'],
    ['bytes=5-999999999999999', '56789', 'bytes 5-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-10', '0123456789', 'bytes 0-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('is cut out for %s', (range, text, contentRange) => {
    const part = toPartialAnswer(range, WHOLE);
    expect(part).toMatchObject({
      status: 206,
      headers: { 'content-range': contentRange, 'content-length': String(text.length) },
    });
    expect(part?.body.toString()).toBe(text);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=99-', 'bytes=999999999999999-', 'bytes=-0', 'bytes=-000'])(
    'is refused for %s, which is beyond the end',
    (range) => {
      const part = toPartialAnswer(range, WHOLE);
      expect(part).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
      expect(part?.body).toHaveLength(0);
    },
  );

  it.each<[HeaderMap[string]]>([
    [undefined],
    [''],
    ['bytes'],
    ['bytes='],
    ['bytes=-'],
    ['bytes=4-2'],
    ['bytes=99-98'],
    ['bytes=0-1,4-5'],
    ['bytes=0-1,'],
    ['bytes=0-1, -1'],
    [['bytes=0-1', 'bytes=4-5']],
    ['bytes=a-b'],
    ['bytes=0x1-2'],
    ['bytes=1.5-2'],
    ['bytes=--1'],
    ['bytes=-1-'],
    ['bytes= 0-1'],
    ['bytes=0 -1'],
    ['bytes=0-1 '],
    ['bytes 0-1'],
    ['items=0-1'],
    ['bytes=0-1\nbytes=2-3'],
    ['bytes=٠-١'],
    ['bytes=1e1-'],
    ['bytes=99999999999999999999-'],
    ['__proto__'],
  ])('is not cut for %j, which may be answered with the whole', (range) => {
    expect(toPartialAnswer(range, WHOLE)).toBeUndefined();
  });

  it('of nothing is refused', () => {
    for (const range of ['bytes=0-', 'bytes=0-0', 'bytes=-0']) {
      expect(toPartialAnswer(range, Buffer.alloc(0))).toMatchObject({
        status: 416,
        headers: { 'content-range': 'bytes */0' },
      });
    }
  });

  // It is satisfiable (RFC 9110 §14.1.2), but no Content-Range can say so.
  it('of nothing is all of it, for the last bytes', () => {
    expect(toPartialAnswer('bytes=-5', Buffer.alloc(0))).toBeUndefined();
  });
});
