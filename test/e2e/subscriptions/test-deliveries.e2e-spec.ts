import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import type { CallRecord } from '../../../src/jobs/call-record.ts';
import { jsonOf } from '../../support/ask.ts';
import { eventually } from '../../support/eventually.ts';
import { isGenuine, startWebhookReceiver, withStatus, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { startSubscriptions, type SubscriptionScene } from './subscription-scene.ts';

let receiver: WebhookReceiver;
let scene: SubscriptionScene;
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  scene = await startSubscriptions({ env: { WEBHOOKS_NETWORK: 'private' } });
});
afterEach(async () => {
  await scene.breakwater.close();
  await receiver.close();
});

const calls = (): BackgroundCalls => scene.breakwater.app.get(BackgroundCalls, { strict: false });

/** Asks for a test, and for what became of it. */
const test = async (id: string, state: CallRecord['state']): Promise<CallRecord> => {
  const answer = await scene.send('POST', `/subscriptions/${id}/test`);
  const { callId } = jsonOf<{ callId: string }>(answer);
  expect([answer.status, answer.headers.get('location')]).toEqual([202, `/api/v1/calls/${callId}`]);
  await eventually(async () => expect(await calls().find(callId)).toMatchObject({ state }));
  return (await calls().find(callId))!;
};

describe('a test delivery', () => {
  it('is posted as a real one is, and is a background call of whoever asked for it', async () => {
    const { id, secret } = await scene.subscribe(receiver.url);
    const call = await test(id, 'succeeded');
    expect(call).toMatchObject({ operation: 'webhooks.deliver', owner: { subject: 'ada' }, attempts: 1 });
    expect(call.result).toEqual({ delivered: true, status: 204 });
    const [delivery] = receiver.deliveries;
    expect(delivery?.json).toMatchObject({ type: 'webhook.test', data: { subscriptionId: id } });
    expect(isGenuine(delivery!, secret, Date.now())).toBe(true);
    expect(JSON.stringify(call)).not.toContain(secret.slice(6));
  });

  it.each<[number, Record<string, string>]>([
    [500, {}],
    [429, { 'retry-after': '1' }],
    [301, { location: '/elsewhere' }],
  ])('that fails with status %i has failed for good', async (status, headers) => {
    const { id } = await scene.subscribe(receiver.url);
    receiver.answer = withStatus(status, headers);
    expect(await test(id, 'failed')).toMatchObject({ attempts: 1 });
    expect(receiver.deliveries).toHaveLength(1);
    expect(jsonOf(await scene.get(`/subscriptions/${id}`))).toMatchObject({ lastFailure: { status } });
  });

  it('that nobody answers has failed for good', async () => {
    const { id } = await scene.subscribe(receiver.url);
    await receiver.close();
    expect(await test(id, 'failed')).toMatchObject({ problem: { code: 'upstream_unreachable' } });
  });

  it('tells of its progress on topic `jobs`, but not by webhook: that would never end', async () => {
    const { id } = await scene.subscribe(receiver.url, { topics: ['jobs', 'harbour'] });
    await test(id, 'succeeded');
    await scene.hub.publish('harbour', { type: 'ship.arrived', data: {} });
    await eventually(() => expect(receiver.deliveries).toHaveLength(2));
    expect(receiver.deliveries.map(({ json }) => json.type)).toEqual(['webhook.test', 'ship.arrived']);
  });

  it('leaves no secret in any log line, whatever becomes of it', async () => {
    const { id, secret } = await scene.subscribe(`${receiver.url}/hooks/hunter2-of-the-url`);
    await test(id, 'succeeded');
    receiver.answer = withStatus(500);
    await test(id, 'failed');
    const output = scene.breakwater.logLines.join('') + JSON.stringify(scene.breakwater.receipts);
    expect(output).toContain('webhooks.receivers');
    expect(output).not.toContain(secret.slice(6));
    expect(output).not.toContain('hunter2');
  });
});
