import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EventHub, type HubEvent } from '../../../src/realtime/event-hub.ts';
import { toOwnerKey } from '../../../src/platform/context/owner-key.ts';
import { callerOf } from '../authentication/known-callers.ts';
import { eventually } from '../../support/eventually.ts';
import { LIN, startCalls, type CallsScene } from './calls-scene.ts';

let breakwater: CallsScene;
beforeAll(async () => {
  breakwater = await startCalls();
});
afterAll(() => breakwater.close());

const hearAs = (subject: string): HubEvent[] => {
  const heard: HubEvent[] = [];
  const hub = breakwater.app.get(EventHub, { strict: false });
  const owner = toOwnerKey(callerOf(subject));
  hub.listen('jobs', { owner, hear: (event) => void heard.push(event), reset: () => undefined });
  return heard;
};

const statesOf = (heard: readonly HubEvent[], callId: string): string[] =>
  heard
    .map(({ data }) => data as { id: string; state: string })
    .filter(({ id }) => id === callId)
    .map(({ state }) => state);

it('everybody with a token may listen to topic jobs', () => {
  const hub = breakwater.app.get(EventHub, { strict: false });
  expect(hub.find('jobs')).toMatchObject({ access: [], isOwned: true });
});

it('each caller hears how its own calls get on, and nothing of others or of ours', async () => {
  const [adas, lins] = [hearAs('ada'), hearAs('lin')];
  const ours = await breakwater.background.submit({ operation: 'harbour.dredge', input: { name: 'mud' }, owner: null });
  const [fine, lost] = [
    await breakwater.submit('harbour.greet', { name: 'ann' }),
    await breakwater.submit('harbour.sink', { name: 'lin' }, LIN),
  ];
  await eventually(() => {
    expect(statesOf(adas, fine.id)).toEqual(['queued', 'running', 'succeeded']);
    expect(statesOf(lins, lost.id)).toEqual(['queued', 'running', 'failed']);
  });
  expect([statesOf(adas, lost.id), statesOf(lins, fine.id)]).toEqual([[], []]);
  for (const heard of [adas, lins]) {
    expect(JSON.stringify(heard.map(({ data }) => data))).not.toContain(ours.id);
    expect(heard.every(({ type, topic }) => type === 'call.changed' && topic === 'jobs')).toBe(true);
  }
});

it('an event has neither what a call was given nor what came of it', async () => {
  const heard = hearAs('ada');
  const { id } = await breakwater.submit('harbour.greet', { name: 'telling' });
  await eventually(() => expect(statesOf(heard, id)).toContain('succeeded'));
  expect(JSON.stringify(heard.map(({ data }) => data))).not.toContain('telling');
  expect(Object.keys(heard.at(-1)!.data as object).sort()).toEqual([
    ...['attempts', 'createdAt', 'finishedAt', 'id', 'nextAttemptAt', 'operation', 'problem', 'startedAt', 'state'],
  ]);
});
