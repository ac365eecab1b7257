import { describe, expect, it } from '@jest/globals';
import { OPERATOR_COOKIE } from '../../inbound/operators/operators.ts';
import { isOwnCookie, withoutOwnCookies } from './own-cookies.ts';

/** The session, a login under way, an operator's login. */
const OURS = ['session', 'login-12345678', OPERATOR_COOKIE];

describe('a cookie of ours', () => {
  it.each(OURS.flatMap((name) => [name, `__Host-${name}`, `__secure-${name}`]))('%s goes to no upstream', (name) => {
    expect(isOwnCookie(name)).toBe(true);
    expect(withoutOwnCookies(`${name}=1`)).toBeUndefined();
    expect(withoutOwnCookies(`a=1; ${name}=2; b=3`)).toBe('a=1; b=3');
  });
});
