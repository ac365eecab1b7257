import { createHash, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { toLeaseName, toName } from './names.ts';

const KEY = { purpose: 'session', secret: 'correct horse' };

describe('the name of what is kept', () => {
  it('tells its purpose and a digest, and always the same', () => {
    expect(toName(KEY)).toMatch(/^breakwater:session:[\w-]{43}$/);
    expect(toName({ ...KEY })).toBe(toName(KEY));
    expect(toLeaseName(KEY)).toBe(`${toName(KEY)}:lease`);
  });

  it('is of one key only, wherever its purpose ends', () => {
    const keys = [
      KEY,
      { purpose: 'sessio', secret: 'ncorrect horse' },
      { purpose: 'session:', secret: 'correct horse' },
      { purpose: 'session","', secret: 'correct horse' },
      { purpose: 'session', secret: '' },
      { purpose: 'session', secret: '\ud800' },
      { purpose: 'session', secret: '\ud801' },
    ];
    expect(new Set(keys.map((key) => toName(key).slice(-43))).size).toBe(keys.length);
  });

  it('is neither the plain digest of the secret nor what values are sealed with', () => {
    const digest = toName(KEY).slice(-43);
    const info = JSON.stringify(['breakwater vault seal', 1, KEY.purpose]);
    const sealKey = Buffer.from(hkdfSync('sha256', KEY.secret, '', info, 32));
    expect(digest).not.toBe(createHash('sha256').update(KEY.secret).digest('base64url'));
    expect(digest).not.toBe(sealKey.toString('base64url'));
    expect(digest).not.toBe(createHash('sha256').update(sealKey).digest('base64url'));
  });
});
