import { describe, expect, it } from '@jest/globals';
import { Fate, queueReachedBy, recordsReachedBy, type Moment } from '../../test/support/background-faults.ts';
import { buildBackground, buildOperation, buildWorld, submitOne } from '../../test/support/background-rig.ts';
import { elapse } from '../../test/support/elapse.ts';
import type { CallRecord } from './call-record.ts';

/** More than an attempt has. */
const STEPS = Array.from({ length: 10 }, (_none, index) => index + 1);
const MOMENTS: readonly Moment[] = ['before', 'after'];
const CASES = MOMENTS.flatMap((moment) => STEPS.map((step) => [moment, step] as const));

interface Story {
  readonly repeatable: 'always' | 'never';
  readonly kind: 'dies' | 'throws';
  readonly moment: Moment;
  readonly step: number;
  /** Which process it happens to. */
  readonly to: 'worker' | 'submitter';
}

interface Told {
  readonly call: CallRecord | undefined;
  /** How often the upstream got it. */
  readonly sent: number;
  /** Whether the submitter was told that the call is kept. */
  readonly isAccepted: boolean;
  readonly hasHappened: boolean;
}

/** A call is submitted and worked on; something goes wrong at one step; another process goes on. */
const tell = async ({ repeatable, kind, moment, step, to }: Story): Promise<Told> => {
  const world = buildWorld();
  let sent = 0;
  const fate = new Fate(step, moment, kind);
  const send = (): Promise<unknown> => Promise.resolve((sent += 1));
  const fated = { ...world, records: recordsReachedBy(fate, world.records), queue: queueReachedBy(fate, world.queue) };
  const retryDelaysMs = [1_000, 1_000];
  const healthy = () => buildBackground([buildOperation({ repeatable, retryDelaysMs, run: send })], world);
  const doomedSend = to === 'worker' && kind === 'dies' ? () => fate.step(send) : send;
  const doomed = buildBackground([buildOperation({ repeatable, retryDelaysMs, run: doomedSend })], fated);
  let isAccepted = false;
  void submitOne(to === 'submitter' ? doomed : healthy()).then(
    () => (isAccepted = true),
    () => undefined,
  );
  if (to === 'worker') void doomed.worker.start();
  await elapse(world.clock, 40_000);
  if (kind === 'dies') world.queue.loseWorker();
  if (kind === 'dies' || to === 'submitter') await healthy().worker.start();
  await elapse(world.clock, 400_000);
  const { items } = await world.records.list<CallRecord>('calls', 'all', { limit: 10 });
  return { call: items[0]?.value, sent, isAccepted, hasHappened: fate.steps >= step };
};

describe.each(CASES)('A process that dies %s its step %i', (moment, step) => {
  const dies = { kind: 'dies', moment, step } as const;

  it('loses no call that may be repeated', async () => {
    const { call, sent } = await tell({ ...dies, repeatable: 'always', to: 'worker' });
    expect(call?.state).toBe('succeeded');
    expect(sent).toBeGreaterThanOrEqual(1);
  });

  it('has no call sent twice that must not be, and leaves none without an end', async () => {
    const { call, sent } = await tell({ ...dies, repeatable: 'never', to: 'worker' });
    expect(sent).toBeLessThanOrEqual(1);
    expect(['succeeded', 'outcome_unknown']).toContain(call?.state);
    if (call?.state === 'succeeded') expect(sent).toBe(1);
  });

  it('has what was accepted made, whoever accepted it', async () => {
    const { call, sent, isAccepted } = await tell({ ...dies, repeatable: 'never', to: 'submitter' });
    if (isAccepted) expect(call?.state).toBe('succeeded');
    expect(sent).toBe(call === undefined ? 0 : 1);
  });
});

describe.each(CASES)('A store that fails %s step %i', (moment, step) => {
  const throws = { kind: 'throws', moment, step } as const;

  it.each(['always', 'never'] as const)(
    'costs a worker no call and no knowledge of one: repeatable %s',
    async (repeatable) => {
      const { call, sent } = await tell({ ...throws, repeatable, to: 'worker' });
      expect([call?.state, call?.attempts, sent]).toEqual(['succeeded', 1, 1]);
    },
  );

  it('leaves no call behind that is in no queue', async () => {
    const { call, sent, isAccepted } = await tell({ ...throws, repeatable: 'never', to: 'submitter' });
    if (isAccepted) expect(call?.state).toBe('succeeded');
    expect(sent).toBe(call === undefined ? 0 : 1);
  });
});

it('shows all that: every step of a worker is among those', async () => {
  const last = await tell({ kind: 'dies', moment: 'before', step: 5, repeatable: 'always', to: 'worker' });
  const beyond = await tell({ kind: 'dies', moment: 'before', step: 10_000, repeatable: 'always', to: 'worker' });
  expect([last.hasHappened, beyond.hasHappened]).toEqual([true, false]);
});
