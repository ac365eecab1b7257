import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLoad, type ConstantLoad } from '../support/constant-load.ts';
import { eventually } from '../support/eventually.ts';
import { createGateway, type GatewayApp } from '../support/gateway-app.ts';
import { upstreamsOf } from '../support/server-states.ts';
import { startEcho, type EchoServer } from '../upstreams/echo.stand-in.ts';
import { measureLiveHeap } from './live-heap.ts';

const WARM_UP_RELOADS = 60;
const RELOADS = 300;
const CALLERS = 32;
const LOOKS = 5;
const TIMEOUT_MS = 240_000;
/** A target takes ninety thousand; the heap by itself goes up and down by six million. */
const MAX_GROWTH_BYTES_PER_RELOAD = 30_000;

const GENERATION = 'x-generation';

let echo: EchoServer;
let gateway: GatewayApp;
let signalListeners: number;

/** One route whose target is another each time, one whose target stays. */
const routes = (generation: number) => {
  const set = { [GENERATION]: String(generation) };
  const same = { public: true, rateLimit: '1000000/1', response: { headers: { set } } };
  const endpoints = [echo.url];
  const probe = { path: '/status/200', intervalMs: 1_000, timeoutMs: 1_000 };
  return [
    { name: 'moving', ...same, timeouts: { connectMs: 1_000 + generation }, target: { endpoints, probe } },
    { name: 'staying', ...same, target: { endpoints } },
    {
      name: 'both',
      public: true,
      aggregate: { one: { target: { endpoints, basePath: `/${generation}` }, path: '/x' } },
    },
  ];
};

const generationOf = async (name: string): Promise<string | null> => {
  const response = await fetch(`${gateway.url}/gateway/${name}/echo`);
  await response.arrayBuffer();
  return response.headers.get(GENERATION);
};

const reload = async (generation: number): Promise<void> => {
  await gateway.write(routes(generation));
  process.emit('SIGHUP');
  await eventually(async () => expect(await generationOf('moving')).toBe(String(generation)));
  // Kept for tests, and not by the application.
  gateway.receipts.length = gateway.logLines.length = 0;
};

const reloadUnderLoad = async (from: number, times: number): Promise<ConstantLoad[]> => {
  const loads = ['moving', 'staying'].map((name) =>
    startLoad(`${gateway.url}/gateway/${name}/echo`, { callers: CALLERS / 2 }),
  );
  for (let generation = from; generation < from + times; generation += 1) await reload(generation);
  await Promise.all(loads.map((load) => load.stop()));
  return loads;
};

/** When what the last reload has left is gone, and nothing is remembered but by the application. */
const measureRest = async (): Promise<number> => {
  await eventually(() => expect(echo.connections).toBeLessThanOrEqual(2 * CALLERS));
  echo.forget();
  gateway.receipts.length = gateway.logLines.length = 0;
  let least = Infinity;
  // What is only waiting to be finalised goes little by little.
  for (let look = 0; look < LOOKS; look += 1) least = Math.min(least, await measureLiveHeap());
  return least;
};

const openHandles = (): number => process.getActiveResourcesInfo().length;

beforeAll(async () => {
  signalListeners = process.listenerCount('SIGHUP');
  echo = await startEcho();
  gateway = await createGateway(routes(1));
});
afterAll(async () => {
  await gateway.close();
  await echo.close();
});

describe(`${RELOADS} reloads under load`, () => {
  let loads: ConstantLoad[];
  let heapBefore: number;
  let handlesBefore: number;
  let madeBefore: number;

  beforeAll(async () => {
    await reloadUnderLoad(2, WARM_UP_RELOADS);
    heapBefore = await measureRest();
    handlesBefore = openHandles();
    madeBefore = echo.connectionsMade;
    loads = await reloadUnderLoad(1_000, RELOADS);
  }, TIMEOUT_MS);

  it('fail no request', () => {
    expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
    for (const { answered } of loads) expect(answered).toBeGreaterThan(RELOADS);
  });

  it('did happen: the target that changes was connected to anew each time', () => {
    expect(echo.connectionsMade - madeBefore).toBeGreaterThanOrEqual(RELOADS);
  });

  it('leave nothing on the heap', async () => {
    const growth = (await measureRest()) - heapBefore;
    expect(growth / RELOADS).toBeLessThan(MAX_GROWTH_BYTES_PER_RELOAD);
  });

  it('leave no handle, no connection, no upstream and no listener behind', async () => {
    // The test's own connections come and go; whatever is left by reloads counts in hundreds.
    await eventually(() => expect(openHandles()).toBeLessThan(handlesBefore + RELOADS / 3));
    await eventually(() => expect(echo.connections).toBeLessThanOrEqual(CALLERS + 2));
    const names = [...(await upstreamsOf(gateway.url)).keys()].filter((name) => name.startsWith('gateway.'));
    expect(names).toEqual(['gateway.both.one', 'gateway.moving', 'gateway.staying']);
    expect(process.listenerCount('SIGHUP')).toBe(signalListeners + 1);
  });
});
