import { Controller, Get, Headers, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Public } from '../../../src/inbound/authentication/access.ts';
import {
  ApiClient,
  CacheInvalidation,
  defineProvider,
  OutboundModule,
  path,
  type Principal,
} from '../../../src/outbound/index.ts';
import { ask, jsonOf, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { startOrigin, type OriginStandIn, type Resource } from '../../upstreams/origin.stand-in.ts';

const account = z.object({ owner: z.string(), asked: z.number() });
type Account = z.infer<typeof account>;

const SERVICE: Principal = { id: 'accounts service', isCaller: false };
const provider = defineProvider('accounts', { maxAttempts: 1 });
let origin: OriginStandIn;
let resource: Resource;
let breakwater: TestApp;

/** The token is a new one every time; the principal behind it is not. */
let tokens = 0;
const bearer = (owner: string): string => `Bearer ${owner}.${(tokens += 1)}`;

@Public()
@Controller({ path: 'accounts', version: '1' })
class AccountsController {
  constructor(private readonly api: ApiClient) {}

  /** On behalf of the caller. */
  @Get('own')
  getOwn(@Headers('x-user') user: string): Promise<Account> {
    const principal = { id: `issuer ${user}`, isCaller: true };
    return this.api.get(path`/resource-1`, { answer: account, principal, headers: { authorization: bearer(user) } });
  }

  /** With our own credential, on behalf of everybody. */
  @Get('shared')
  getShared(): Promise<Account> {
    const headers = { authorization: bearer('service') };
    return this.api.get(path`/resource-1`, { answer: account, principal: SERVICE, headers });
  }

  /** Somebody forgot to say whose credential it is. */
  @Get('undeclared')
  getUndeclared(@Headers('x-user') user: string): Promise<Account> {
    return this.api.get(path`/resource-1`, { answer: account, headers: { authorization: bearer(user) } });
  }

  @Post('changes')
  async change(): Promise<void> {
    await this.api.post(path`/resource-1`);
  }
}

@Module({ imports: [OutboundModule.forProvider(provider)], controllers: [AccountsController] })
class AccountsModule {}

/** Names who asked by the credential, and counts. */
const serve = (cacheControl: string): void => {
  resource.answer(({ headers }) => {
    const owner = /^Bearer (.*)\./.exec(headers.authorization ?? '')?.[1] ?? 'nobody';
    const body = JSON.stringify({ owner, asked: resource.requests.length });
    return { headers: { 'cache-control': cacheControl, 'content-type': 'application/json' }, body, latencyMs: 20 };
  });
};

beforeAll(async () => {
  origin = await startOrigin();
  resource = origin.serve();
  breakwater = await createApp({ env: { ACCOUNTS_URL: origin.url }, imports: [AccountsModule] });
});
afterAll(async () => {
  await breakwater.close();
  await origin.close();
});

const get = (what: string, user = ''): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/accounts/${what}`, { headers: { 'x-user': user } });

const ownerOf = (answer: Answer): string => jsonOf<Account>(answer).owner;

/** What several get who ask at once, and then once more; and how often the upstream was asked for it. */
const askAll = async (all: readonly (readonly [string, string?])[]): Promise<[string[], number]> => {
  await breakwater.app.get(CacheInvalidation).invalidate('accounts');
  const before = resource.requests.length;
  const together = await Promise.all(all.map((one) => get(...one)));
  const later = [];
  for (const one of all) later.push(await get(...one));
  return [[...together, ...later].map(ownerOf), resource.requests.length - before];
};

const twice = (names: readonly string[]): string[] => [...names, ...names];

describe('answers to credentials', () => {
  it.each(['public, max-age=60', 's-maxage=60', 'max-age=60, must-revalidate'])(
    'are kept for each caller apart, at once and later, whatever token is in use: %s',
    async (said) => {
      serve(said);
      const users = ['ann', 'bob', 'ann', 'bob', 'ann'];
      expect(await askAll(users.map((user) => ['own', user]))).toEqual([twice(users), 2]);
    },
  );

  it.each(['max-age=60', 'private, max-age=60', 'no-store', ''])('are kept for no caller: %s', async (said) => {
    serve(said);
    expect(
      await askAll([
        ['own', 'ann'],
        ['own', 'bob'],
      ]),
    ).toEqual([twice(['ann', 'bob']), 4]);
  });

  it('of our own are kept for all', async () => {
    serve('max-age=60');
    expect(
      await askAll([
        ['shared', 'ann'],
        ['shared', 'bob'],
      ]),
    ).toEqual([twice(['service', 'service']), 1]);
  });

  it('of our own are not those of a caller, nor the other way round', async () => {
    serve('public, max-age=60');
    const all = [['own', 'ann'], ['shared'], ['own', 'bob'], ['shared']] as const;
    expect(await askAll(all)).toEqual([twice(['ann', 'service', 'bob', 'service']), 3]);
  });

  it('that nobody declared are for nobody else, unless the upstream says they are', async () => {
    serve('max-age=60');
    const all = [
      ['undeclared', 'ann'],
      ['undeclared', 'bob'],
      ['own', 'ann'],
    ] as const;
    expect(await askAll(all)).toEqual([twice(['ann', 'bob', 'ann']), 6]);
  });

  it('are forgotten for all when one of them changes something', async () => {
    serve('public, max-age=60');
    await askAll([
      ['own', 'ann'],
      ['own', 'bob'],
    ]);
    const before = resource.requests.length;
    await ask(`${breakwater.url}/api/v1/accounts/changes`, { method: 'POST' });
    await get('own', 'ann');
    await get('own', 'bob');
    expect(resource.requests.length - before).toBe(3);
  });

  it.each([
    ['own', 'private'],
    ['shared', 'public'],
  ])('are told to caches behind us as what they are: %s is %s', async (what, audience) => {
    serve('public, max-age=60');
    const answers = [await get(what, 'ann'), await get(what, 'ann')];
    for (const { headers } of answers)
      expect(headers.get('cache-control')).toMatch(new RegExp(`^${audience}, max-age=`));
    expect(answers[1]?.headers.get('cache-status')).toMatch(/^accounts; hit/);
  });
});
