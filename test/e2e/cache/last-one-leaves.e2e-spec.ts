import { Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, defineProvider, OutboundModule, path } from '../../../src/outbound/index.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { eventually } from '../../support/eventually.ts';
import { startOrigin, type OriginStandIn, type Resource } from '../../upstreams/origin.stand-in.ts';

/** Microtasks until the caller who comes begins: from long before the one who leaves is gone until long after. */
const TURNS = Array.from({ length: 30 }, (_, turn) => turn);

@Injectable()
class Background {
  constructor(readonly client: ApiClient) {}
}

@Module({ imports: [OutboundModule.forProvider(defineProvider('leaving', {}))], providers: [Background] })
class BackgroundModule {}

let origin: OriginStandIn;
let breakwater: TestApp;
beforeAll(async () => {
  origin = await startOrigin();
  breakwater = await createApp({ imports: [BackgroundModule], env: { LEAVING_URL: origin.url } });
});
afterAll(async () => {
  await breakwater.close();
  await origin.close();
});

const get = ({ path: target }: Resource, signal?: AbortSignal): Promise<void> =>
  breakwater.app.get(Background, { strict: false }).client.get(path`/${target.slice(1)}`, signal && { signal });

const elapseTurns = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
};

describe('who comes in the very moment in which the last one leaves', () => {
  it('is answered all the same, whichever moment that is', async () => {
    const failed: number[] = [];
    for (const turns of TURNS) {
      const thing = origin.serve({ headers: { 'cache-control': 'max-age=60' }, latencyMs: 20 });
      const leaving = new AbortController();
      const left = get(thing, leaving.signal).catch(() => 'left');
      await eventually(() => expect(thing.requests).toHaveLength(1));
      leaving.abort();
      await elapseTurns(turns);
      await get(thing).catch(() => failed.push(turns));
      expect(await left).toBe('left');
    }
    expect(failed).toEqual([]);
  });
});
