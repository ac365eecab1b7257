import { createServer, type ServerResponse } from 'node:http';
import { Controller, Get, Module, Param, type DynamicModule } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { SameForEverybody } from '../../../src/inbound/caching/same-for-everybody.ts';
import { ApiClient, CacheInvalidation, defineProvider, OutboundModule, path } from '../../../src/outbound/index.ts';
import { CacheStore } from '../../../src/outbound/cache/stores/cache-store.ts';
import { ask, jsonOf } from '../../support/ask.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';

/** What the upstream knows at the time; it is told with every answer, and may be kept for a minute. */
let news: string;
/** Answers that the upstream has made and not sent. */
let [held, isHolding]: [(() => void)[], boolean] = [[], false];
let asked: number;
/** How often the handler began. */
let begun: number;
let upstream: Listening;
let breakwater: TestApp;

const answer = (response: ServerResponse): void => {
  const body = JSON.stringify(news);
  asked += 1;
  held.push(() => void response.writeHead(200, { 'cache-control': 'max-age=60' }).end(body));
  if (!isHolding) release();
};

const release = (): void => {
  isHolding = false;
  for (const send of held.splice(0)) send();
};

/** `/api/v1/news/one,other` is made of two answers of the upstream, one after the other. */
const newsModule = (baseUrl: string): DynamicModule => {
  @Public()
  @Controller({ path: 'news', version: '1' })
  class NewsController {
    constructor(private readonly api: ApiClient) {}

    @Get(':names')
    @SameForEverybody()
    async getNews(@Param('names') names: string): Promise<string[]> {
      begun += 1;
      const news: string[] = [];
      for (const name of names.split(',')) news.push(await this.api.get(path`/${name}`, { answer: z.string() }));
      return news;
    }
  }

  const imports = [OutboundModule.forProvider(defineProvider('agency', { baseUrl }))];
  return { module: NewsModule, imports, controllers: [NewsController] };
};

@Module({})
class NewsModule {}

const start = async (env: Record<string, string> = {}): Promise<void> => {
  breakwater = await createApp({ env, imports: [newsModule(`http://127.0.0.1:${upstream.port}`)] });
};

beforeEach(async () => {
  [news, held, isHolding, asked, begun] = ['old', [], false, 0, 0];
  upstream = await listenLocally(createServer((_request, response) => answer(response)));
});
afterEach(async () => {
  await breakwater.close();
  await upstream.close();
});

const get = async (name: string): Promise<unknown> => jsonOf(await ask(`${breakwater.url}/api/v1/news/${name}`));

const forget = async (provider = 'agency'): Promise<void> => {
  news = 'new';
  const { status } = await ask(`${breakwater.url}/ops/cache?provider=${provider}`, { method: 'DELETE' });
  expect(status).toBe(200);
};

describe('an answer that was made before an invalidation', () => {
  it('is not repeated after it', async () => {
    await start();
    expect([await get('one'), await get('one'), begun]).toEqual([['old'], ['old'], 1]);
    await forget();
    expect([await get('one'), await get('one'), begun, asked]).toEqual([['new'], ['new'], 2, 2]);
  });

  it('of something else costs one time of the long way, and no call', async () => {
    await start();
    await get('one');
    await forget('pokeapi');
    expect([await get('one'), await get('one'), begun, asked]).toEqual([['old'], ['old'], 2, 1]);
  });

  it('is not repeated after it, when it was fetched meanwhile', async () => {
    await start();
    isHolding = true;
    const meanwhile = get('one');
    await eventually(() => expect(held.length).toBe(1));
    await forget();
    release();
    await meanwhile;
    expect(await get('one')).toEqual(['new']);
  });

  it('is not repeated after it, when a part was at hand and another fetched meanwhile', async () => {
    await start();
    await get('one');
    isHolding = true;
    const meanwhile = get('one,other');
    await eventually(() => expect(held.length).toBe(1));
    await forget();
    release();
    await meanwhile;
    expect(await get('one,other')).toEqual(['new', 'new']);
  });

  it('is not repeated after it for who joined the call only then', async () => {
    await start();
    isHolding = true;
    const first = get('one');
    await eventually(() => expect(held.length).toBe(1));
    await forget();
    const second = get('one');
    await eventually(() => expect(begun).toBe(2));
    release();
    await Promise.all([first, second]);
    expect(await get('one')).toEqual(['new']);
  });
});

describe('the generation of what is stored', () => {
  it('changes when something is forgotten on purpose, and only then', async () => {
    await start();
    const [store, cache] = [breakwater.app.get(CacheStore), breakwater.app.get(CacheInvalidation)];
    const seen = [cache.generation];
    await get('one,other');
    expect(cache.generation).toBe(seen[0]);
    seen.push((await cache.invalidate('agency'), cache.generation));
    seen.push((await cache.invalidate('agency', 'none bears this'), cache.generation));
    seen.push((await store.delete('no such key'), cache.generation));
    expect(new Set(seen).size).toBe(4);
  });
});

describe('a process that is to keep nothing', () => {
  it('remembers no answers either', async () => {
    await start({ CACHE_MAX_ENTRIES: '0' });
    expect([await get('one'), await get('one'), asked]).toEqual([['old'], ['old'], 2]);
  });
});
