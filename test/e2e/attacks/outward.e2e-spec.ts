import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { callersToken, path, staticToken, type StaticTokenOptions } from '../../../src/outbound/index.ts';
import { checkCombinations } from '../../../src/outbound/check-combinations.ts';
import { StaticTokenOptions as Options } from '../../../src/outbound/credentials/static-token.ts';
import { reachOf } from '../../../src/outbound/egress/reach.ts';
import { readOptions } from '../../../src/platform/config/read-options.ts';
import { Secret } from '../../../src/platform/secret.ts';
import { authorization } from '../../../src/providers/authorization/authorization.provider.ts';
import { buildCaller, runAs } from '../../support/build-caller.ts';
import { buildOptions } from '../../support/build-call.ts';
import { buildProvider, type BuiltProvider } from '../../support/build-provider.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { startTokenUpstream, type TokenUpstream } from '../../support/token-upstream.ts';
import { withEnvironment } from '../../support/with-environment.ts';

const answer = z.object({ key: z.string() });
const HEADER = 'x-api-key';

let upstream: TokenUpstream;
let built: BuiltProvider | undefined;
beforeEach(async () => void (upstream = await startTokenUpstream()));
afterEach(async () => {
  await built?.provider.close();
  await upstream.close();
});

const build = (token: string, credential = staticToken({ header: HEADER })): BuiltProvider => {
  const options: Partial<StaticTokenOptions> = { baseUrl: upstream.url, token: new Secret(token) };
  return (built = buildProvider({ ...options, credential }));
};

describe('a call that brings a key of its own where the provider has its token', () => {
  it('gets nothing that was stored for another key', async () => {
    const { client } = build('s3cret');
    upstream.answer(({ headers }) => ({
      headers: { 'cache-control': 'max-age=60' },
      body: JSON.stringify({ key: headers[HEADER] }),
    }));
    const get = async (key: string) => (await client.get(path`/me`, { answer, headers: { [HEADER]: key } })).key;
    expect([await get('of ann'), await get('of bob')]).toEqual(['of ann', 'of bob']);
  });
});

describe('a token that cannot be sent', () => {
  const BROKEN = ['two\nlines', 'a\r\nx-evil: 1', 'caf\u20ac', 'a\u0000b'];

  it.each(BROKEN)('never becomes another header: %j', async (token) => {
    const { client } = build(token);
    expect(await rejectionOf(client.get(path`/things`))).toMatchObject({ message: `invalid ${HEADER} header` });
    expect(upstream.seen).toEqual([]);
  });

  it.each(BROKEN.slice(0, 3))('is told at the start, not at each call: %j', (token) => {
    expect(readOptions({ type: Options, prefix: 'X_' }, { X_TOKEN: token }).problems).toHaveLength(1);
  });
});

describe("a caller's token", () => {
  it('goes along when the call says whom it stands for', async () => {
    const { client } = build('', callersToken());
    const principal = { id: 'ann', isCaller: true };
    await runAs(buildCaller('ann'), () => client.get(path`/things`, { principal }));
    expect(upstream.tokens).toEqual(['Bearer ann-token']);
  });
});

describe('a credential over http', () => {
  it('does not reach a public address, whatever its network is said to be', () => {
    const options = buildOptions({ baseUrl: 'http://api.example.com', network: 'private' });
    const checked = { operations: {}, credential: staticToken() };
    const isRefused = checkCombinations(options, checked, (field) => field).length > 0;
    expect(isRefused || !reachOf('api.example.com', 'private')('93.184.215.14')).toBe(true);
  });

  it('has no keys to be verified with come the same way, where anybody may change them', () =>
    withEnvironment({ AUTH_ISSUER: 'https://login.example.com', AUTH_ORIGINS: 'http://keys.example.com' }, () =>
      Promise.resolve(expect(() => authorization.config()).toThrow('AUTH_ORIGINS')),
    ));
});
