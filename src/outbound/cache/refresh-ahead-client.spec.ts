import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildProvider, type BuiltProvider, type ProviderSetup } from '../../../test/support/build-provider.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { listenLocally, type Listening } from '../../../test/upstreams/stand-in.ts';
import { path } from '../http/path.ts';

const answer = z.object({ version: z.number() });
let listening: Listening;
let asked = 0;
let clock: FakeClock;
let built: BuiltProvider;

const server = createServer((_request, response) => {
  asked += 1;
  const date = new Date(clock.wallTime()).toUTCString();
  const headers = { 'content-type': 'application/json', 'cache-control': 'max-age=60', date };
  response.writeHead(200, headers).end(JSON.stringify({ version: asked }));
});

beforeAll(async () => {
  listening = await listenLocally(server);
});
afterAll(() => listening.close());
beforeEach(() => {
  [asked, clock] = [0, new FakeClock(Date.now())];
});
afterEach(() => built.provider.close());

const build = (setup: ProviderSetup = {}): BuiltProvider =>
  (built = buildProvider({ baseUrl: `http://127.0.0.1:${listening.port}`, clock, ...setup }));
const get = (): Promise<{ version: number }> => built.client.get(path`/thing`, { answer });

describe('ApiClient, when what it gives again and again is soon stale', () => {
  it('gives it at once, has it fetched anew, and gives the new one from then on', async () => {
    build();
    const first = await get();
    for (let call = 0; call < 3; call += 1) expect(await get()).toBe(first);
    await clock.advance(57_500);
    expect(await get()).toEqual({ version: 1 });
    await eventually(async () => expect(await get()).toEqual({ version: 2 }));
    await clock.advance(30_000);
    expect([await get(), asked]).toEqual([{ version: 2 }, 2]);
  });

  it('keeps giving what it parsed once while that is under way', async () => {
    build();
    const first = await get();
    for (let call = 0; call < 3; call += 1) await get();
    await clock.advance(57_500);
    const [, ...others] = [get(), get(), get()];
    expect(await Promise.all(others)).toEqual([first, first]);
    await eventually(() => expect(asked).toBe(2));
  });

  it('leaves it alone where that is switched off', async () => {
    build({ refreshAhead: 'off' });
    for (let call = 0; call < 4; call += 1) await get();
    await clock.advance(57_500);
    expect(await get()).toEqual({ version: 1 });
    await clock.advance(2_500);
    expect([await get(), asked]).toEqual([{ version: 2 }, 2]);
  });
});
