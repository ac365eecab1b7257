import { describe, expect, it } from '@jest/globals';
import { captureLog } from '../../../test/support/captured-log.ts';
import { Secret } from '../../platform/secret.ts';
import { createCursors } from './create-cursors.ts';

const warningsWith = (isConfigured: boolean, cursorSecret?: Secret): string[] => {
  const { log, lines } = captureLog();
  createCursors(cursorSecret === undefined ? {} : { cursorSecret }, log, { isConfigured });
  return lines;
};

describe('cursors', () => {
  it('that other instances cannot read are warned of, with what to do', () => {
    const warnings = warningsWith(true);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('"level":"warn"');
    expect(warnings[0]).toContain('set CURSOR_SECRET');
  });

  it('are nothing to talk about where they share a secret, or nothing at all', () => {
    expect(warningsWith(true, new Secret('a-secret-of-thirty-two-characters'))).toEqual([]);
    expect(warningsWith(false)).toEqual([]);
  });

  it('of two instances with one secret are the same to both', () => {
    const cursorSecret = new Secret('a-secret-of-thirty-two-characters');
    const [one, other] = [0, 1].map(() => createCursors({ cursorSecret }, captureLog().log, { isConfigured: true }));
    expect(other!.open('list', one!.seal('list', 5))).toBe(5);
  });
});
