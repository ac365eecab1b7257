import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { Tracing } from '../../platform/telemetry/tracing.ts';
import { Vault } from '../../platform/vault/vault.ts';
import { atEachSlot } from './at-each-slot.ts';
import { Holding } from './holding.ts';
import type { Schedule } from './read-schedules.ts';
import { renewWhile } from './renew-while.ts';
import { runInBackground } from './run-in-background.ts';
import { untilAvailable } from './until-available.ts';

/**
 * How far the clocks of processes may differ without one running again what another has run, in ms. Where slots are
 * further apart, so far.
 */
const LEAST_LEASE_MS = 600_000;

/** The runs of schedules: each by one of all the processes that have it. */
@Injectable()
export class ScheduledRuns {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly tracing: Tracing,
  ) {}

  /** Runs at each slot of which the turn falls to us, until the signal aborts and all runs are over. Never rejects. */
  async follow(schedule: Schedule, signal: AbortSignal): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const act = (slot: number): void => {
      const run = this.run(schedule, slot, signal).finally(() => underWay.delete(run));
      underWay.add(run);
    };
    try {
      await atEachSlot(this.clock, schedule.slots, signal, act);
    } catch (error) {
      this.log.error({ schedule: schedule.name, err: error }, 'A schedule has ended: its next moment was not found');
    }
    await Promise.all(underWay);
  }

  /** What fails is logged. */
  private async run(schedule: Schedule, slot: number, signal: AbortSignal): Promise<void> {
    const told = { schedule: schedule.name, slot: new Date(slot).toISOString() };
    try {
      const holding = await this.takeTurn(schedule, slot, signal);
      if (holding === 'anothers') return;
      if (holding === undefined)
        return this.log.warn(told, 'A scheduled run was left out: the one before is under way');
      await renewWhile(this.clock, holding, () => this.runOnce(schedule, signal));
      this.log.debug(told, 'A scheduled run is over');
    } catch (error) {
      if (signal.aborted) this.log.info(told, 'A scheduled run was stopped');
      else this.log.error({ ...told, err: error }, 'A scheduled run failed');
    }
  }

  private runOnce({ name, maxRunMs: maxMs, run }: Schedule, signal: AbortSignal): Promise<unknown> {
    const { clock, tracing } = this;
    return runInBackground({ clock, tracing }, { name: `schedule ${name}`, maxMs, signal }, run);
  }

  /** `anothers` when somebody else has the slot; undefined when the last run is not over. */
  private async takeTurn(
    { name, slots }: Schedule,
    slot: number,
    signal: AbortSignal,
  ): Promise<Holding | 'anothers' | undefined> {
    const { vault, clock } = this;
    const untilNextMs = slots.nextAfter(slot) - slot;
    const patience = { clock, giveUpAt: clock.now() + untilNextMs, signal };
    // Never given back: a clock that is slower would find it free.
    const key = { purpose: 'slot', secret: `${name} ${slot}` };
    const leaseMs = Math.max(untilNextMs, LEAST_LEASE_MS);
    if (!(await untilAvailable(patience, () => vault.tryLease(key, leaseMs)))) return 'anothers';
    const holding = new Holding(vault, clock, `schedule ${name}`);
    return (await untilAvailable(patience, () => holding.take())) ? holding : undefined;
  }
}
