import { Controller, Get, Header, Module } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { SameForEverybody } from '../../../src/inbound/caching/same-for-everybody.ts';
import { Clock } from '../../../src/platform/clock.ts';
import type { SourceFreshness } from '../../../src/platform/context/answer-freshness.ts';
import { currentContext } from '../../../src/platform/context/request-context.ts';
import { ask, type Answer } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { source } from './sourced.module.ts';

let sources: SourceFreshness[];

const made = <T>(value: T): T => {
  for (const each of sources) currentContext()!.freshness.add(each);
  return value;
};

@Public()
@Controller({ path: 'said', version: '1' })
class SaidController {
  @Get('nothing')
  @SameForEverybody()
  getPlain(): object {
    return made({ name: 'charizard' });
  }

  @Get('accents')
  @SameForEverybody()
  getAccents(): string {
    return made('é'.repeat(1_000));
  }

  @Get('names')
  @Header('link', '</a>; rel="next", </b>; rel="é"')
  @Header('x-own', 'of the handler')
  @SameForEverybody()
  getWithNames(): object {
    return made({ name: 'flabébé' });
  }

  @Get('no-store')
  @Header('cache-control', 'no-store')
  @SameForEverybody()
  getUnstorable(): object {
    return made({ name: 'charizard' });
  }

  @Get('five-seconds')
  @Header('cache-control', 'public, max-age=5')
  @SameForEverybody()
  getShort(): object {
    return made({ name: 'charizard' });
  }

  @Get('cookie')
  @Header('set-cookie', 'session=of-the-first')
  @SameForEverybody()
  getWithCookie(): object {
    return made({ name: 'charizard' });
  }
}

@Module({ controllers: [SaidController] })
class SaidModule {}

let clock: FakeClock;
let breakwater: TestApp;

beforeAll(async () => {
  clock = new FakeClock();
  breakwater = await createApp({
    imports: [SaidModule],
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
beforeEach(async () => {
  // What tests before this one have left is stale.
  await clock.advance(3_600_000);
  sources = [source()];
});
afterAll(() => breakwater.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(`${breakwater.url}/api/v1/said/${path}`, { headers });

/** Whether a second answer was made of new sources, and not repeated. */
const isMadeAnew = async (path: string): Promise<boolean> => {
  await get(path);
  sources = [source({ cacheStatus: 'anew' })];
  return (await get(path)).headers.get('cache-status') === 'anew';
};

/** Seconds that caches behind us take it for fresh. */
const leftOf = ({ headers }: Answer): number =>
  Number(/max-age=(\d+)/.exec(headers.get('cache-control')!)?.[1]) - Number(headers.get('age'));

describe('a repeated answer', () => {
  it('bears what its handler said, byte for byte', async () => {
    const [first, second] = [await get('names'), await get('names')];
    expect(second.headers.get('cache-status')).toBe('pokeapi; hit; ttl=60');
    for (const name of ['link', 'x-own', 'content-type', 'content-length', 'etag'])
      expect(second.headers.get(name)).toBe(first.headers.get(name));
    expect([second.text, first.headers.get('link')]).toEqual([first.text, expect.stringMatching(/rel="next".*rel=/)]);
  });

  it('tells of each of its sources how long it lasts, whatever was done for it first', async () => {
    const second = { cacheStatus: 'cms; fwd=stale; fwd-status=304; ttl=100; stored; collapsed', lifetimeMs: 100_000 };
    sources = [source({ cacheStatus: 'pokeapi; fwd=uri-miss; stored', ageMs: 1_500 }), source(second)];
    await get('nothing');
    await clock.advance(1_000);
    const { headers } = await get('nothing');
    expect(headers.get('cache-status')).toBe('pokeapi; hit; ttl=57, cms; hit; ttl=99');
    expect([headers.get('age'), headers.get('x-request-id')]).toEqual(['3', expect.stringMatching(/./)]);
  });

  it('tells of sixteen sources at most, as the first does', async () => {
    sources = Array.from({ length: 20 }, () => source());
    await get('nothing');
    expect((await get('nothing')).headers.get('cache-status')?.split(', ')).toHaveLength(16);
  });

  it('promises others no more time than is left, when its parts are of different age', async () => {
    sources = [source({ ageMs: 100, lifetimeMs: 100_000 }), source()];
    await get('nothing');
    await clock.advance(900);
    expect(leftOf(await get('nothing'))).toBeLessThanOrEqual(59.1);
  });

  it('comes compressed, when the first did: few characters may be many bytes', async () => {
    const codings = [
      await get('accents', { 'accept-encoding': 'br' }),
      await get('accents', { 'accept-encoding': 'br' }),
    ];
    expect(codings.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'br']);
  });
});

describe('not repeated is', () => {
  it('what nobody made before', async () => expect(await isMadeAnew('nothing?1')).toBe(false));

  it.each(['no-store', 'five-seconds', 'cookie'])('what says itself that it is not for others: %s', async (path) => {
    expect(await isMadeAnew(path)).toBe(true);
  });
});
