import { getHeapSpaceStatistics } from 'node:v8';
import type { Meter } from '@opentelemetry/api';

const MICROSECONDS_IN_S = 1_000_000;

/** Memory, processor time and age of this process, read when they are asked for. */
export const measureProcess = (meter: Meter): void => {
  meter
    .createObservableUpDownCounter('process.memory.usage', { unit: 'By', description: 'Physical memory in use' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableCounter('process.cpu.time', { unit: 's', description: 'Processor time used' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / MICROSECONDS_IN_S, { 'cpu.mode': 'user' });
      result.observe(system / MICROSECONDS_IN_S, { 'cpu.mode': 'system' });
    });
  meter
    .createObservableGauge('process.uptime', { unit: 's', description: 'How long the process has been running' })
    .addCallback((result) => result.observe(process.uptime()));
  measureHeap(meter);
};

const measureHeap = (meter: Meter): void => {
  const create = (name: string, description: string) =>
    meter.createObservableUpDownCounter(`v8js.memory.heap.${name}`, { unit: 'By', description });
  const used = create('used', 'Heap memory in use');
  const size = create('space.size', 'Heap memory set aside');
  const available = create('space.available_size', 'Heap memory that is free');
  const physical = create('space.physical_size', 'Heap memory that the system has given');
  meter.addBatchObservableCallback(
    (result) => {
      for (const space of getHeapSpaceStatistics()) {
        const attributes = { 'v8js.heap.space.name': space.space_name };
        result.observe(used, space.space_used_size, attributes);
        result.observe(size, space.space_size, attributes);
        result.observe(available, space.space_available_size, attributes);
        result.observe(physical, space.physical_space_size, attributes);
      }
    },
    [used, size, available, physical],
  );
};
