import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { SCHEDULED, type ScheduledMethod, type ScheduleOptions } from './scheduled.ts';

/** A method marked `@Scheduled`. */
export interface FoundSchedule {
  readonly options: ScheduleOptions;
  /** For messages, such as `ReportJob.send`. */
  readonly place: string;
  /** False: there is no one instance to call. */
  readonly isStatic: boolean;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** All of this application. */
export const findScheduled = (discovery: DiscoveryService): FoundSchedule[] =>
  [...discovery.getProviders(), ...discovery.getControllers()].flatMap(scheduledOf);

const scheduledOf = (wrapper: InstanceWrapper): FoundSchedule[] => {
  const instance = wrapper.instance as Record<string, ScheduledMethod> | null | undefined;
  if (typeof instance !== 'object' || instance === null) return [];
  const prototype = Object.getPrototypeOf(instance) as Record<string, ScheduledMethod> | null;
  if (prototype === null || prototype === Object.prototype) return [];
  const isStatic = wrapper.isDependencyTreeStatic();
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const options = Reflect.getMetadata(SCHEDULED, prototype[method]!) as ScheduleOptions | undefined;
    if (options === undefined) return [];
    const place = `${prototype.constructor.name}.${method}`;
    return [{ options, place, isStatic, run: async (signal: AbortSignal) => await instance[method]!(signal) }];
  });
};
