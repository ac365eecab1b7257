import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider, type ProviderSetup } from '../../../test/support/build-provider.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { path } from './path.ts';

interface Thing {
  readonly name: string;
  readonly tags: string[];
}

let listening: Listening;
let hits = 0;
let body: string;
let cacheControl: string;
let clock: FakeClock;
let built: BuiltProvider;

const server = createServer((_request, answer) => {
  hits += 1;
  answer.writeHead(200, { 'content-type': 'application/json', 'cache-control': cacheControl }).end(body);
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  [hits, body, cacheControl, clock] = [0, '{"name":"charizard","tags":["a"]}', 'max-age=60', new FakeClock(Date.now())];
});
afterEach(() => built.provider.close());

const build = (setup: ProviderSetup = {}): BuiltProvider =>
  (built = buildProvider({ baseUrl: `http://127.0.0.1:${listening.port}`, clock, ...setup }));

/** A schema that counts how often it is applied. */
const counted = () => {
  const check = jest.fn((thing: Thing) => thing);
  return { check, answer: z.object({ name: z.string(), tags: z.array(z.string()) }).transform(check) };
};

describe('ApiClient, when an answer may be kept', () => {
  it('parses it once, and gives all callers the same', async () => {
    const { client, receipts } = build();
    const { check, answer } = counted();
    const together = await Promise.all([client.get(path`/a`, { answer }), client.get(path`/a`, { answer })]);
    const later = await client.get(path`/a`, { answer });
    expect(new Set([...together, later]).size).toBe(1);
    expect([later, check.mock.calls.length, hits]).toEqual([{ name: 'charizard', tags: ['a'] }, 1, 1]);
    expect(receipts.map(({ cache }) => cache)).toEqual([
      expect.objectContaining({ fwd: 'uri-miss', stored: true }),
      expect.objectContaining({ fwd: 'uri-miss', collapsed: true }),
      { ttlMs: expect.any(Number) },
    ]);
  });

  it('gives it so that nobody can change it for the others', async () => {
    const { client } = build();
    const thing = await client.get(path`/a`, { answer: counted().answer });
    expect(() => void ((thing as { name: string }).name = 'x')).toThrow(TypeError);
    expect(() => void thing.tags.push('b')).toThrow(TypeError);
  });

  it('leaves what is not kept to its only caller, to change as it likes', async () => {
    cacheControl = 'no-store';
    const thing = await build().client.get(path`/a`, { answer: counted().answer });
    thing.tags.push('b');
    expect(thing.tags).toEqual(['a', 'b']);
  });

  it('asks again when it is no longer fresh', async () => {
    const { client } = build();
    const { check, answer } = counted();
    await client.get(path`/a`, { answer });
    await clock.advance(60_000);
    await client.get(path`/a`, { answer });
    expect([check.mock.calls.length, hits]).toEqual([2, 2]);
  });

  it.each([
    ['query', { query: { a: 1 } }],
    ['principal', { principal: { id: 'ann', isCaller: false } }],
  ])('asks for another %s', async (_what, options) => {
    const { client } = build();
    const { answer } = counted();
    await client.get(path`/a`, { answer });
    await client.get(path`/a`, { answer, ...options });
    await client.get(path`/a`, { answer, ...options });
    expect(hits).toBe(2);
  });

  it('enters neither axios nor the pipeline for what is at hand', async () => {
    const { client, http, provider } = build();
    const { answer } = counted();
    await client.get(path`/a`, { answer });
    const request = jest.spyOn(http.axiosRef, 'request');
    const send = jest.spyOn(provider, 'send');
    await client.get(path`/a`, { answer });
    expect([request.mock.calls.length, send.mock.calls.length]).toEqual([0, 0]);
    await client.get(path`/a`, { answer, headers: { 'x-own': '1' } });
    expect([request.mock.calls.length, send.mock.calls.length, hits]).toEqual([1, 1, 1]);
  });

  it('tells by which tags it can be invalidated, and whose it is', async () => {
    const { client, provider } = build();
    const send = jest.spyOn(provider, 'send');
    const [tags, principal] = [['of ann'], { id: 'ann', isCaller: true }];
    await client.get(path`/a`, { tags, principal });
    expect(send.mock.calls[0]?.[0]).toMatchObject({ tags, principal });
  });

  it.each(['request', 'response'] as const)('runs a %s interceptor every time all the same', async (kind) => {
    const { client, http } = build();
    const { answer } = counted();
    await client.get(path`/a`, { answer });
    const seen = jest.fn(<T>(passing: T): T => passing);
    http.axiosRef.interceptors[kind].use(seen as never);
    await client.get(path`/a`, { answer });
    await client.get(path`/a`, { answer });
    expect([seen.mock.calls.length, hits]).toEqual([2, 1]);
  });

  it('honours default headers that were set meanwhile', async () => {
    const { client, http } = build();
    const { answer } = counted();
    await client.get(path`/a`, { answer });
    http.axiosRef.defaults.headers.common['cache-control'] = 'no-cache';
    await client.get(path`/a`, { answer });
    expect(hits).toBe(2);
  });
});

describe('ApiClient, when an answer breaks its schema', () => {
  it('keeps it for nobody, and serves what it had where that is allowed', async () => {
    const { client } = build({ operations: { getThing: { cache: { staleIfErrorMs: 600_000 } } } });
    const options = { operation: 'getThing', answer: counted().answer };
    const good = body;
    body = '{"name":1}';
    expect(await rejectionOf(client.get(path`/a`, options))).toMatchObject({ code: 'upstream_invalid_answer' });
    body = good;
    const thing = await client.get(path`/a`, options);
    body = '<html>';
    await clock.advance(60_000);
    expect([await client.get(path`/a`, options), hits]).toEqual([thing, 3]);
  });
});
