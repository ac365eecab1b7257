import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { Clock } from '../../../src/platform/clock.ts';
import { toOwnerKey } from '../../../src/platform/context/owner-key.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { isGenuine, startWebhookReceiver, withStatus, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { jsonOf } from '../../support/ask.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { GRACE, startSubscriptions, type SubscriptionScene } from './subscription-scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let clock: FakeClock;
let receiver: WebhookReceiver;
let scene: SubscriptionScene;
beforeEach(async () => {
  clock = new FakeClock();
  receiver = await startWebhookReceiver();
  scene = await startSubscriptions({
    env: { WEBHOOKS_NETWORK: 'private' },
    override: (builder) => builder.overrideProvider(Clock).useValue(clock),
  });
});
afterEach(async () => {
  await scene.breakwater.close();
  await receiver.close();
});

const arrived = { type: 'ship.arrived', data: { ship: 'Gl\u00fcckauf \u{1F6A2}', berth: 7 } };
const publish = (): Promise<void> => scene.hub.publish('harbour', arrived);

/** Lets everything happen that is due, but nothing later. */
const soon = (check: () => unknown): Promise<void> =>
  eventually(async () => {
    await clock.advance(0);
    await check();
  });

const delivered = (count: number): Promise<void> => soon(() => expect(receiver.deliveries).toHaveLength(count));

/** Once the attempt is over: how long it is until the next one. Infinity: there is none. */
const untilNext = async (): Promise<number> => {
  const calls = scene.breakwater.app.get(BackgroundCalls, { strict: false });
  let nextAttemptAt = Infinity;
  await soon(async () => {
    const [newest] = (await calls.list({ limit: 1 })).items;
    if (newest?.value.state === 'failed') return;
    expect(newest?.value).toMatchObject({ state: 'queued', nextAttemptAt: expect.any(Number) });
    nextAttemptAt = newest!.value.nextAttemptAt!;
  });
  return nextAttemptAt - clock.wallTime();
};

/** Within a tenth. */
const expectAbout = (actualMs: number, expectedMs: number): void => {
  expect(actualMs).toBeGreaterThanOrEqual(0.9 * expectedMs);
  expect(actualMs).toBeLessThanOrEqual(1.1 * expectedMs);
};

interface Shown {
  readonly state: string;
  readonly lastDeliveredAt: string | null;
  readonly lastFailure: { readonly status: number | null; readonly detail: string } | null;
}

const show = async (id: string): Promise<Shown> => jsonOf<Shown>(await scene.get(`/subscriptions/${id}`));

describe('an event', () => {
  it('is posted to those who have subscribed, signed for each of them', async () => {
    const ada = await scene.subscribe(`${receiver.url}/ada?token=a%20b`);
    const grace = await scene.subscribe(`${receiver.url}/grace`, { token: GRACE });
    await scene.subscribe(`${receiver.url}/tides`, { topics: ['tides'] });
    await publish();
    await delivered(2);
    const [toAda, toGrace] = receiver.deliveries.toSorted((a, b) => a.path.localeCompare(b.path));
    expect([toAda?.path, toGrace?.path]).toEqual(['/ada?token=a%20b', '/grace']);
    expect(toAda?.json).toEqual({ ...arrived, timestamp: '2026-01-01T00:00:00.000Z' });
    expect(toAda?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-timestamp': '1767225600' });
    expect(isGenuine(toAda!, ada.secret, clock.wallTime())).toBe(true);
    expect(isGenuine(toGrace!, grace.secret, clock.wallTime())).toBe(true);
    expect(isGenuine(toAda!, grace.secret, clock.wallTime())).toBe(false);
    expect(isGenuine({ ...toAda!, body: `${toAda!.body} ` }, ada.secret, clock.wallTime())).toBe(false);
    await soon(async () => expect(await show(ada.id)).toMatchObject({ lastDeliveredAt: '2026-01-01T00:00:00.000Z' }));
  });

  it('says nothing of whoever caused it, and of no request of ours', async () => {
    await scene.subscribe(receiver.url);
    await publish();
    await delivered(1);
    const names = Object.keys(receiver.deliveries[0]!.headers).filter((name) => !name.startsWith('webhook-'));
    expect(names.toSorted()).toEqual(['connection', 'content-length', 'content-type', 'host', 'user-agent']);
  });

  it('of somebody is posted to them only', async () => {
    await scene.subscribe(`${receiver.url}/ada`, { topics: ['berths'] });
    await scene.subscribe(`${receiver.url}/grace`, { topics: ['berths'], token: GRACE });
    await scene.hub.publish('berths', { ...arrived, owner: toOwnerKey(callerOf('grace')) });
    await delivered(1);
    await scene.hub.publish('berths', { ...arrived, owner: toOwnerKey(callerOf('ada')) });
    await delivered(2);
    expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/grace', '/ada']);
  });
});

describe('a delivery that fails', () => {
  it.each([500, 404, 501, 302])('with status %i is made again, after 5 s and then 5 min', async (status) => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(status, { location: `${receiver.url}/elsewhere` });
    await publish();
    const waitsMs: number[] = [];
    for (let count = 1; count < 3; count += 1) {
      await delivered(count);
      waitsMs.push(await untilNext());
      expect((await show(id)).lastFailure).toMatchObject({ status });
      await clock.advance(waitsMs.at(-1)! - 1);
      await delivered(count);
      if (count === 2) receiver.answer = withStatus(200);
      await clock.advance(1);
    }
    await soon(async () => expect((await show(id)).lastDeliveredAt).not.toBeNull());
    expectAbout(waitsMs[0]!, 5_000);
    expectAbout(waitsMs[1]!, 5 * MINUTE_MS);
    await clock.advance(100 * HOUR_MS);
    await delivered(3);
    expect(receiver.deliveries.map(({ path }) => path)).toEqual(['/', '/', '/']);
  });

  it('bears the same id and the same body each time, and the time of the attempt', async () => {
    const { secret } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(500);
    await publish();
    await clock.advance(await untilNext());
    await delivered(2);
    const [first, second] = receiver.deliveries;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-timestamp']).toBe(String(Math.floor(clock.wallTime() / 1_000)));
    expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature']);
    expect(isGenuine(second!, secret, clock.wallTime())).toBe(true);
  });

  it('is made ten times in three days, and then shown as the last failure', async () => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(500);
    await publish();
    for (let count = 1; count < 10; count += 1) {
      await delivered(count);
      await clock.advance(await untilNext());
    }
    await delivered(10);
    await soon(() => expect(scene.breakwater.logLines.join('')).toContain('dead letter'));
    expectAbout(clock.now(), 75 * HOUR_MS + 35 * MINUTE_MS);
    expect(await show(id)).toMatchObject({ state: 'active', lastFailure: { status: 500 } });
    await clock.advance(100 * HOUR_MS);
    await delivered(10);
  });

  it.each([429, 503, 500])('with status %i and Retry-After is made again then', async (status) => {
    await scene.subscribe(receiver.url);
    receiver.answer = withStatus(status, { 'retry-after': '3600' });
    await publish();
    const waitMs = await untilNext();
    expect(waitMs).toBeGreaterThanOrEqual(HOUR_MS);
    expect(waitMs).toBeLessThanOrEqual(HOUR_MS + MINUTE_MS);
    receiver.answer = withStatus(204);
    await clock.advance(waitMs);
    await delivered(2);
  });

  it('is not made for ever by a receiver that asks for a second again and again', async () => {
    await scene.subscribe(receiver.url);
    receiver.answer = withStatus(503, { 'retry-after': '1' });
    await publish();
    for (let count = 1, waitMs = 0; waitMs < Infinity && count < 100; count += 1) {
      await clock.advance(waitMs);
      await delivered(count);
      waitMs = await untilNext();
    }
    expect(receiver.deliveries.length).toBeLessThan(30);
    expect(clock.now()).toBeGreaterThan(48 * HOUR_MS);
    await soon(() => expect(scene.breakwater.logLines.join('')).toContain('dead letter'));
  });

  it('is left alone by a receiver that gave up on it: 410 disables the subscription', async () => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(410);
    await publish();
    await soon(async () => expect(await show(id)).toMatchObject({ state: 'disabled' }));
    await publish();
    await clock.advance(100 * HOUR_MS);
    await delivered(1);
    expect((await scene.send('POST', `/subscriptions/${id}/test`)).status).toBe(409);
    expect((await scene.send('DELETE', `/subscriptions/${id}`)).status).toBe(204);
  });

  it('is not made again when the subscription is gone', async () => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(500);
    await publish();
    await delivered(1);
    await untilNext();
    await scene.send('DELETE', `/subscriptions/${id}`);
    await clock.advance(100 * HOUR_MS);
    await delivered(1);
    expect(scene.breakwater.logLines.join('')).not.toContain('dead letter');
  });
});

describe('a receiver', () => {
  it('that does not answer within 15 s has failed, and its connection is closed', async () => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = () => undefined;
    await publish();
    await delivered(1);
    await clock.advance(14_000);
    expect((await show(id)).lastFailure).toBeNull();
    await clock.advance(1_000);
    const detail = 'The receiver did not answer in time';
    await soon(async () => expect((await show(id)).lastFailure).toMatchObject({ status: null, detail }));
    await eventually(() => expect(receiver.connections).toBe(0));
  });

  it('whose answer has no end has answered all the same, and is not read', async () => {
    const { id } = await scene.subscribe(receiver.url);
    let written = 0;
    receiver.answer = (answer) => {
      answer.writeHead(200);
      const more = (): void => {
        while (answer.writable && written < 256 * 1_048_576 && answer.write(Buffer.alloc(65_536))) written += 65_536;
      };
      answer.on('drain', more).on('error', () => undefined);
      more();
    };
    await publish();
    await soon(async () => expect((await show(id)).lastDeliveredAt).not.toBeNull());
    await eventually(() => expect(receiver.connections).toBe(0));
    expect(written).toBeLessThan(64 * 1_048_576);
  });

  it('that cannot be reached is tried again', async () => {
    const { id } = await scene.subscribe(receiver.url);
    await receiver.close();
    await publish();
    const detail = 'The receiver could not be reached';
    await soon(async () => expect((await show(id)).lastFailure).toMatchObject({ status: null, detail }));
  });

  it('that takes its time gets four at once, and the others in their turn', async () => {
    await scene.subscribe(receiver.url);
    receiver.answer = () => undefined;
    for (let count = 0; count < 10; count += 1) await publish();
    await delivered(4);
    receiver.answer = withStatus(204);
    await eventually(async () => {
      await clock.advance(5_000);
      const ids = new Set(receiver.deliveries.map(({ headers }) => headers['webhook-id']));
      expect(ids.size).toBe(10);
    });
  });

  it('is left with no connection when there is nothing to tell it', async () => {
    await scene.subscribe(receiver.url);
    receiver.answer = withStatus(204, { 'keep-alive': 'timeout=60' });
    await publish();
    await delivered(1);
    await eventually(() => expect(receiver.connections).toBe(0));
  });
});
