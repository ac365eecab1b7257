import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../platform/secret.ts';
import { LOGIN_LIFETIME_MS, OperatorLogin } from './operator-login.ts';

const TOKEN = 'a-token-for-operators-only';
const NOW = Date.UTC(2026, 0, 1);

const logins = new OperatorLogin(new Secret(TOKEN));
const sound = logins.issue(NOW);
const [expiry = '', proof = ''] = sound.split('.');

const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

describe('a login of an operator', () => {
  it.each([
    ['empty', ''],
    ['its time alone', expiry],
    ['its proof alone', `.${proof}`],
    ['without proof', `${expiry}.`],
    ['made to last', `${Number(expiry) + 1}.${proof}`],
    ['with another beginning', `${expiry}.${flip(proof, 0)}`],
    ['with another middle', `${expiry}.${flip(proof, 20)}`],
    ['cut short', sound.slice(0, -1)],
    ['made longer', `${sound}A`],
    ['with a line feed', `${sound}\n`],
    ['padded', `${sound}=`],
    ['with a time of other digits', `${'٣'.repeat(13)}.${proof}`],
    ['huge', 'z'.repeat(1_000_000)],
    ['twice', `${sound}${sound}`],
    ['of another token', new OperatorLogin(new Secret(TOKEN.replace('only', 'ones'))).issue(NOW)],
    ['the token itself', TOKEN],
  ])('is none: %s', (_what, login) => {
    expect(logins.endOf(login, NOW)).toBeUndefined();
  });

  it('lasts for twelve hours, to the millisecond', () => {
    expect(logins.endOf(sound, NOW)).toBe(NOW + LOGIN_LIFETIME_MS);
    expect(logins.endOf(sound, NOW + LOGIN_LIFETIME_MS - 1)).toBe(NOW + LOGIN_LIFETIME_MS);
    expect(logins.endOf(sound, NOW + LOGIN_LIFETIME_MS)).toBeUndefined();
  });

  it('is known wherever the token is the same, and holds nothing of it', () => {
    expect(new OperatorLogin(new Secret(TOKEN)).endOf(sound, NOW)).toBeDefined();
    expect(sound).not.toContain(TOKEN);
    expect(Buffer.from(proof, 'base64url').toString('latin1')).not.toContain(TOKEN.slice(0, 8));
  });
});
