import { describe, expect, it } from '@jest/globals';
import { toOwnBody } from './own-body.ts';

describe('toOwnBody', () => {
  it.each([
    ['a slice of a large block', Buffer.alloc(65_536, 'x').subarray(100, 110)],
    ['a small buffer from the pool', Buffer.from('xxxxxxxxxx')],
  ])('copies %s', (_, body) => {
    const own = toOwnBody(body);
    expect([own.toString(), own.buffer.byteLength]).toEqual(['xxxxxxxxxx', 10]);
  });

  it('takes what has its own memory as it is', () => {
    const body = Buffer.alloc(65_536);
    expect(toOwnBody(body)).toBe(body);
  });

  it('holds no memory for an empty body', () => {
    expect(toOwnBody(Buffer.alloc(65_536).subarray(7, 7)).buffer.byteLength).toBe(0);
  });
});
