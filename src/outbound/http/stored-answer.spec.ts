import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider } from '../../../test/support/build-provider.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { path } from './path.ts';

let listening: Listening;
let hits: number;
let body: string;
let built: BuiltProvider;

const server = createServer((_request, answer) => {
  hits += 1;
  answer.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=60' }).end(body);
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  [hits, body] = [0, '{"list":[1]}'];
  built = buildProvider({ baseUrl: `http://127.0.0.1:${listening.port}`, clock: new FakeClock(Date.now()) });
});
afterEach(() => built.provider.close());

const get = async <T>(responseType?: 'arraybuffer' | 'stream' | 'text'): Promise<T> =>
  (await built.http.axiosRef.get<T>('/a', responseType && { responseType })).data;

/** Gets the same three times: as the one that asks, from the store, and with another who asks at that time. */
const thrice = async <T>(...all: Parameters<typeof get>): Promise<T[]> => {
  const together = await Promise.all([get<T>(...all), get<T>(...all)]);
  return [...together, await get<T>(...all)];
};

describe('what a raw HttpService gets of an answer that is stored', () => {
  it('is bytes of its own, to do with as it likes', async () => {
    for (const bytes of await thrice<Buffer>('arraybuffer')) bytes.fill('x');
    expect([(await get<Buffer>('arraybuffer')).toString(), hits]).toEqual(['{"list":[1]}', 1]);
  });

  it('is an object of its own', async () => {
    for (const { list } of await thrice<{ list: number[] }>()) list.push(2);
    expect([await get(), hits]).toEqual([{ list: [1] }, 1]);
  });

  it('is text', async () => {
    expect([await thrice('text'), hits]).toEqual([Array(3).fill('{"list":[1]}'), 1]);
  });

  it('is a stream of bytes of its own', async () => {
    for (const stream of await thrice<AsyncIterable<Buffer>>('stream')) {
      for await (const chunk of stream) chunk.fill('x');
    }
    expect([await get('text'), hits]).toEqual(['{"list":[1]}', 1]);
  });
});

describe('what ApiClient makes of an answer that is stored', () => {
  it('is not made of a part of it', async () => {
    body = '12345';
    const answer = z.number();
    await built.http.axiosRef.get('/a');
    await built.client.get(path`/a`, { answer, headers: { range: 'bytes=0-1' } });
    expect([await built.client.get(path`/a`, { answer }), hits]).toEqual([12_345, 1]);
  });

  it('is asked for anew when what another call had stored breaks its schema', async () => {
    await built.http.axiosRef.get('/a');
    body = '{"list":["mended"]}';
    const answer = z.object({ list: z.array(z.string()) });
    expect([await built.client.get(path`/a`, { answer }), hits]).toEqual([{ list: ['mended'] }, 2]);
  });

  it('is no other caller’s mistake, when they ask at the same time', async () => {
    const [wrong, right] = [z.object({ missing: z.string() }), z.object({ list: z.array(z.number()) })];
    const failed = built.client.get(path`/a`, { answer: wrong }).catch(() => 'failed');
    const answered = built.client.get(path`/a`, { answer: right }).catch(() => 'failed');
    expect(await Promise.all([failed, answered])).toEqual(['failed', { list: [1] }]);
  });

  it('is frozen to its depth, though its schema froze the outside', async () => {
    const answer = z.object({ list: z.array(z.number()) }).readonly();
    const { list } = await built.client.get(path`/a`, { answer });
    expect(() => void list.push(2)).toThrow(TypeError);
  });

  it('is made anew for another schema, without asking again', async () => {
    await built.client.get(path`/a`, { answer: z.object({ list: z.array(z.number()) }) });
    const answer = z.object({ list: z.array(z.number().transform(String)) });
    expect([await built.client.get(path`/a`, { answer }), hits]).toEqual([{ list: ['1'] }, 1]);
  });
});
