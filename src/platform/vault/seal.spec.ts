import { createDecipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { seal, unseal } from './seal.ts';

const KEY = { purpose: 'session', secret: 'correct horse' };
const TEXT = '{"token":"hunter2"}';

describe('what is sealed', () => {
  it.each([TEXT, '', '\u{1F41F}', 'x'.repeat(100_000)])('comes back with the same key', (text) => {
    expect(unseal(KEY, seal(KEY, text))).toBe(text);
  });

  it.each([
    { purpose: 'session', secret: 'correct horse ' },
    { purpose: 'login', secret: 'correct horse' },
    { purpose: 'sessionc', secret: 'orrect horse' },
    { purpose: '', secret: '' },
  ])('is nothing to the key %j', (other) => {
    expect(unseal(other, seal(KEY, TEXT))).toBeUndefined();
  });

  it('is nothing once any bit of it has changed', () => {
    const sealed = seal(KEY, TEXT);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(unseal(KEY, changed)).toBeUndefined();
    }
  });

  it('is nothing when it is cut off anywhere, at its end or its beginning, or goes on', () => {
    const sealed = seal(KEY, TEXT);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(unseal(KEY, sealed.subarray(0, length))).toBeUndefined();
      expect(unseal(KEY, sealed.subarray(sealed.length - length))).toBeUndefined();
    }
    expect(unseal(KEY, Buffer.concat([sealed, Buffer.of(0)]))).toBeUndefined();
  });

  it.each([0, 1, 12, 13, 28, 29, 30, 1_000])('is no block of %i bytes that somebody made up', (length) => {
    expect(unseal(KEY, Buffer.alloc(length, 1))).toBeUndefined();
  });

  it('is AES-256-GCM with a key made of secret and purpose, and bound to the purpose', () => {
    const sealed = seal(KEY, TEXT);
    const info = JSON.stringify(['breakwater vault seal', 1, 'session']);
    const key = Buffer.from(hkdfSync('sha256', 'correct horse', '', info, 32));
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
    decipher.setAAD(Buffer.from('session')).setAuthTag(sealed.subarray(-16));
    expect(decipher.update(sealed.subarray(13, -16), undefined, 'utf8') + decipher.final('utf8')).toBe(TEXT);
  });

  it('begins with its version', () => {
    const sealed = seal(KEY, TEXT);
    expect(sealed[0]).toBe(1);
    sealed[0] = 2;
    expect(unseal(KEY, sealed)).toBeUndefined();
  });

  it('never looks the same twice, and shows nothing of text or key', () => {
    const [one, other] = [seal(KEY, TEXT), seal(KEY, TEXT)];
    expect(one.equals(other)).toBe(false);
    // Version, nonce and tag are all there is besides.
    expect(one).toHaveLength(29 + TEXT.length);
    for (const text of ['hunter2', 'correct', 'session']) expect(one.includes(text)).toBe(false);
  });
});
