import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildProvider } from '../../../test/support/build-provider.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { Secret } from '../../platform/secret.ts';
import { checkCombinations } from '../check-combinations.ts';
import { path } from '../http/path.ts';
import { staticToken, StaticTokenOptions } from './static-token.ts';

let listening: Listening;
let seen: IncomingHttpHeaders[];

const server = createServer(({ headers }, answer) => {
  seen.push(headers);
  answer.end();
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());

const optional = staticToken(undefined, { optional: true });

const authorizationWith = async (token?: Secret): Promise<unknown> => {
  seen = [];
  const own = { baseUrl: `http://127.0.0.1:${listening.port}`, credential: optional, ...(token && { token }) };
  const { client, provider } = buildProvider(own);
  expect(provider.isConfigured).toBe(true);
  await client.get(path`/`);
  await provider.close();
  return seen[0]?.authorization;
};

describe('a static token that is optional', () => {
  it('is presented where there is one', async () => {
    expect(await authorizationWith(new Secret('s3cret'))).toBe('Bearer s3cret');
  });

  it('leaves the provider on where there is none, and calls without it', async () => {
    expect(await authorizationWith()).toBeUndefined();
  });

  it('is kept from being overheard only where there is one', () => {
    const problemsWith = (token?: Secret): unknown[] => {
      const options = Object.assign(new StaticTokenOptions(), { baseUrl: 'http://cms.example.com', token });
      return checkCombinations(options, { operations: {}, credential: optional }, String);
    };
    expect([problemsWith(), problemsWith(new Secret('s3cret'))]).toEqual([
      [],
      [expect.objectContaining({ variable: 'baseUrl' })],
    ]);
  });
});
