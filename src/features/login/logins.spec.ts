import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { Secret } from '../../platform/secret.ts';
import { seal } from '../../platform/vault/seal.ts';
import type { AuthorizationClient } from '../../providers/authorization/authorization.client.ts';
import { Farewell } from './farewell.ts';
import { Logins, LOGIN_LIFETIME_MS, type StartedLogin } from './logins.ts';
import { newRandomId } from './random-id.ts';

const SECRET = 'the secret of the client';
const TARGET = { redirectUri: 'https://app.example.com/auth/callback', returnTo: '/account' };

let clock: FakeClock;
let begun: StartedLogin;

/** Of an instance whose client has that secret. */
const loginsWith = (clientSecret: string): Logins => {
  const server = { clientSecret: new Secret(clientSecret), beginLogin: () => Promise.resolve('https://login.example') };
  const authorization = server as unknown as AuthorizationClient;
  return new Logins(authorization, new Farewell(authorization, clock), clock);
};

beforeEach(async () => {
  clock = new FakeClock();
  begun = await loginsWith(SECRET).begin(TARGET);
});

const open = (text: string | undefined, state = begun.state) => loginsWith(SECRET).open(text, state);
const sealed = (purpose: string, text: string): string => seal({ purpose, secret: SECRET }, text).toString('base64url');
const withLastBitFlipped = (text: string): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  return bytes.toString('base64url');
};

describe('a login', () => {
  it.each([
    ['nothing', () => undefined],
    ['an empty cookie', () => ''],
    ['an id', () => newRandomId()],
    ['what is no base64url', () => '<script>'],
    ['what somebody has changed', () => withLastBitFlipped(begun.text)],
    ['what somebody has cut', () => begun.text.slice(0, -4)],
    ['what another version has sealed', () => sealed('login', '{"state":"of yesterday"}')],
    ['what was sealed for something else', () => sealed('session', JSON.stringify({ ...open(begun.text) }))],
  ])('is not what %s says', (_what, text) => {
    expect(open(text())).toBeUndefined();
  });

  it('is not that of another state, even of one that begins alike', () => {
    expect(open(begun.text, newRandomId())).toBeUndefined();
    expect(open(begun.text, begun.state.slice(0, 8) + newRandomId().slice(8))).toBeUndefined();
  });

  it('ends when the secret of the client is another one', () => {
    expect(loginsWith(`${SECRET}, renewed`).open(begun.text, begun.state)).toBeUndefined();
  });

  it('is over after ten minutes', async () => {
    await clock.advance(LOGIN_LIFETIME_MS - 1);
    expect(open(begun.text)).toBeDefined();
    await clock.advance(1);
    expect(open(begun.text)).toBeUndefined();
  });

  it('is known to any instance that has the secret', () => {
    expect(open(begun.text)).toMatchObject({ ...TARGET, state: begun.state });
  });

  it('shows the browser nothing of what it holds', () => {
    const { codeVerifier, nonce } = open(begun.text)!;
    const shown = begun.text + Buffer.from(begun.text, 'base64url').toString('latin1');
    for (const value of [codeVerifier, nonce, begun.state, TARGET.returnTo]) expect(shown).not.toContain(value);
  });
});
