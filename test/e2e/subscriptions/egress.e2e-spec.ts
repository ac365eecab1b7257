import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Resolver } from '../../../src/outbound/index.ts';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { SystemClock } from '../../../src/platform/clock.ts';
import { Records } from '../../../src/platform/records/records.ts';
import { jsonOf, problemOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { LyingResolver } from '../../support/lying-resolver.ts';
import { MemoryRecords } from '../../support/memory-records.ts';
import { listenLocally, type Listening } from '../../upstreams/stand-in.ts';
import { startSubscriptions, type SubscriptionScene } from './subscription-scene.ts';

const REFUSED = { status: null, detail: 'The URL leads to an address that webhooks do not go to' };

let inside: Listening;
let connections: number;
let scene: SubscriptionScene | undefined;
beforeEach(async () => {
  connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined).destroy();
  });
  inside = await listenLocally(server);
});
afterEach(async () => {
  await scene?.breakwater.close();
  scene = undefined;
  await inside.close();
});

interface Setting {
  readonly resolver?: Resolver;
  readonly records?: Records;
  readonly network?: 'public' | 'private';
}

const start = async ({ resolver, records, network }: Setting): Promise<SubscriptionScene> =>
  (scene = await startSubscriptions({
    env: network ? { WEBHOOKS_NETWORK: network } : {},
    override: (builder) => {
      if (resolver) builder.overrideProvider(Resolver).useValue(resolver);
      if (records) builder.overrideProvider(Records).useValue(records);
      return builder;
    },
  }));

/** What becomes of a test delivery, and what its subscriber is told of it. */
const test = async ({ breakwater, send, get }: SubscriptionScene, id: string) => {
  const { callId } = jsonOf<{ callId: string }>(await send('POST', `/subscriptions/${id}/test`));
  const calls = breakwater.app.get(BackgroundCalls, { strict: false });
  await eventually(async () => expect(await calls.find(callId)).toMatchObject({ state: 'failed' }), 10_000);
  return jsonOf<{ lastFailure: unknown }>(await get(`/subscriptions/${id}`)).lastFailure;
};

const INSIDE = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '10.0.0.1', 'fd00::1', 'fe80::1', '0.0.0.0'];

describe('the URL of a receiver', () => {
  it.each([
    ...[
      'http://hooks.example.com',
      'https://127.0.0.1',
      'https://[::1]',
      'https://[::ffff:7f00:1]',
      'https://localhost',
    ],
    ...['https://2130706433', 'https://0x7f.1', 'https://169.254.169.254', 'https://10.0.0.1', 'https://cms.internal'],
    ...['https://ada:secret@hooks.example.com', 'https://cms', 'https://0', 'https://[fd00::1]'],
  ])('is refused where it shows where it leads: %s', async (url) => {
    const { send } = await start({});
    const problem = problemOf(await send('POST', '/subscriptions', { body: { url, topics: ['harbour'] } }));
    expect(problem).toMatchObject({ status: 400, errors: [{ field: 'url' }] });
  });

  it.each(INSIDE)('whose name leads to %s is not connected to, at once and for all', async (address) => {
    const running = await start({ resolver: new LyingResolver(() => [address]) });
    const { id } = await running.subscribe(`https://hooks.example.com:${inside.port}/`);
    expect(await test(running, id)).toMatchObject(REFUSED);
    expect(connections).toBe(0);
    await running.hub.publish('harbour', { type: 'ship.arrived', data: {} });
    const calls = running.breakwater.app.get(BackgroundCalls, { strict: false });
    await eventually(async () => expect((await calls.list({ state: 'failed', limit: 10 })).items).toHaveLength(2));
    expect(running.breakwater.logLines.join('')).not.toContain(address);
  });

  it('whose name leads nowhere at first and inside later is looked at each time', async () => {
    const resolver = new LyingResolver((times) => (times === 0 ? [] : ['127.0.0.1']));
    const running = await start({ resolver });
    const { id } = await running.subscribe(`https://hooks.example.com:${inside.port}/`);
    expect(await test(running, id)).toMatchObject({ detail: 'The receiver could not be reached' });
    expect(await test(running, id)).toMatchObject(REFUSED);
    expect([connections, resolver.asked.length]).toEqual([0, 2]);
  });

  it.each(['127.0.0.1', '169.254.169.254', 'fd00:ec2::254'])(
    'whose name leads to %s is not connected to even where private networks may be',
    async (address) => {
      const running = await start({ resolver: new LyingResolver(() => [address]), network: 'private' });
      const { id } = await running.subscribe(`http://hooks.example.com:${inside.port}/`);
      expect(await test(running, id)).toMatchObject(REFUSED);
      expect(connections).toBe(0);
    },
  );

  it.each([`http://127.0.0.1`, `https://127.0.0.1`, `http://localhost`])(
    'that was allowed before operators thought again is not connected to: %s',
    async (host) => {
      const records = new MemoryRecords(new SystemClock());
      const { id } = await (await start({ records, network: 'private' })).subscribe(`${host}:${inside.port}/`);
      await scene?.breakwater.close();
      const running = await start({ records });
      const detail = 'The URL is not one that webhooks go to any more';
      expect(await test(running, id)).toMatchObject({ status: null, detail });
      expect(connections).toBe(0);
    },
  );
});
