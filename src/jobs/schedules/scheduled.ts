import { SetMetadata } from '@nestjs/common';

interface ScheduleName {
  /** The same in every process, and no other schedule's. */
  readonly name: string;
  /** Longest a run may take, in ms. Default: an hour. */
  readonly maxRunMs?: number;
}

interface EverySchedule extends ScheduleName {
  /** In ms, 1,000 at least. Counted from 1970 on, so that all processes mean the same moments. */
  readonly everyMs: number;
}

export interface CronSchedule extends ScheduleName {
  /** Five fields, or six with seconds first, or a word such as `@daily`. */
  readonly cron: string;
  /** IANA name such as `Europe/Berlin`. Default UTC. */
  readonly timeZone?: string;
}

/** When a method is run by itself. */
export type ScheduleOptions = EverySchedule | CronSchedule;

/** A method of an injectable. The signal aborts when it takes too long, or the process stops. */
export type ScheduledMethod = (signal: AbortSignal) => unknown;

export const SCHEDULED = Symbol('scheduled');

/**
 * Has the method run by itself, in the background: once at each moment, whatever the number of processes. A moment at
 * which the run before is still under way, or at which no process runs, is left out.
 */
export const Scheduled =
  (options: ScheduleOptions) =>
  <T extends ScheduledMethod>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>): void => {
    SetMetadata(SCHEDULED, options)(target, key, descriptor);
  };
