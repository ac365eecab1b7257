import { Controller, Get, Header, Module, Post } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessFor, Public } from '../../../src/inbound/authentication/access.ts';
import { Scopes } from '../../../src/inbound/authentication/scopes.ts';
import { SameForEverybody } from '../../../src/inbound/caching/same-for-everybody.ts';
import { OperatorsOnly } from '../../../src/inbound/operators/operators.guard.ts';
import type { SourceFreshness } from '../../../src/platform/context/answer-freshness.ts';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { source } from '../inbound-caching/sourced.module.ts';
import { ADA, createGuardedApp, type GuardedApp } from './known-callers.ts';

let sources: SourceFreshness[] = [];

@Controller({ path: 'kept', version: '1' })
class KeptController {
  @Get()
  getAny(): object {
    currentContext()!.freshness.sources.push(...sources);
    return { name: 'charizard' };
  }

  @Get('said')
  @Header('cache-control', 'public, max-age=60, s-maxage=600, proxy-revalidate, immutable')
  getSaid(): string {
    return 'said';
  }

  @Get('own')
  @Header('cache-control', 'private, max-age=5')
  getOwn(): string {
    return 'own';
  }

  @Post()
  @Header('cache-control', 'public, max-age=60')
  post(): string {
    return 'posted';
  }
}

@Module({ controllers: [KeptController] })
class KeptModule {}

let breakwater: GuardedApp;
beforeAll(async () => {
  breakwater = await createGuardedApp({ imports: [KeptModule], env: { CORS_ORIGINS: 'https://app.example.com' } });
});
afterEach(() => {
  sources = [];
});
afterAll(() => breakwater.close());

const request = (path = '', method = 'GET'): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/kept${path}`, { method, headers: { authorization: `Bearer ${ADA}` } });

const toldBy = ({ headers }: Answer): (string | null)[] => [headers.get('cache-control'), headers.get('age')];

describe('an answer to a known caller', () => {
  it('is kept by nobody when nothing is known of it', async () => {
    expect(toldBy(await request())).toEqual(['no-store', null]);
  });

  it('is kept by the caller alone, although its data is for everybody', async () => {
    sources = [source({ lifetimeMs: 60_000, browserLifetimeMs: 30_000 })];
    expect(toldBy(await request())).toEqual(['private, max-age=30', '0']);
  });

  it('is kept by the caller alone, whatever the handler says', async () => {
    expect(toldBy(await request('/said'))).toEqual(['private, max-age=60, immutable', null]);
    expect(toldBy(await request('/own'))).toEqual(['private, max-age=5', null]);
    expect(toldBy(await request('', 'POST'))).toEqual(['private, max-age=60', null]);
  });

  it('is good for the same caller only', async () => {
    expect((await request('/said')).headers.get('vary')).toBe('accept-encoding, Origin, Authorization, Cookie');
  });
});

describe('marks that contradict each other', () => {
  const decorations: [string, MethodDecorator[], RegExp][] = [
    [
      'repeated to everybody, for users',
      [SameForEverybody()],
      /^BadController\.get bears @SameForEverybody but is not/,
    ],
    ['repeated to everybody, with scopes', [SameForEverybody(), Scopes('a')], /@SameForEverybody/],
    ['repeated to everybody, for operators', [SameForEverybody(), OperatorsOnly()], /@SameForEverybody/],
    ['public, with scopes', [Public(), Scopes('a')], /^BadController\.get bears @Scopes but is not for users/],
    ['for operators, with scopes', [OperatorsOnly(), Scopes('a')], /bears @Scopes/],
    ['for operators, by name alone', [AccessFor('operators')], /nothing asks .* use @OperatorsOnly/],
  ];

  it.each(decorations)('refuse the start: %s', async (_what, marks, message) => {
    @Controller('bad')
    class BadController {
      @Get()
      get(): void {
        return undefined;
      }
    }
    Reflect.decorate(
      marks,
      BadController.prototype,
      'get',
      Object.getOwnPropertyDescriptor(BadController.prototype, 'get'),
    );

    @Module({ controllers: [BadController] })
    class BadModule {}

    await expect(createGuardedApp({ imports: [BadModule] })).rejects.toThrow(message);
  });
});
