import type { Organisation } from './organisation.ts';
import type { Job, Pipeline, World } from './world.ts';

/** One that runs is `stopping` until it was looked at, then done and `stopped`; one that does not yet is done at once, `canceled`. */
export const stopPipeline = ({ world }: Organisation, pipeline: Pipeline): void => {
  if (pipeline.state === 'done' || pipeline.state === 'stopping') return;
  pipeline.reason = 'user';
  if (pipeline.state === 'queuing') return finish(world, pipeline, 'canceled');
  pipeline.state = 'stopping';
  pipeline.times.stopping = world.now();
};

/** What time does to a pipeline that is stopping. To be called after each look at it. */
export const settle = (world: World, pipeline: Pipeline): void => {
  if (pipeline.state === 'stopping') finish(world, pipeline, 'stopped');
};

const finish = (world: World, pipeline: Pipeline, result: 'stopped' | 'canceled'): void => {
  pipeline.state = 'done';
  pipeline.result = result;
  pipeline.times.done = world.now();
  for (const job of world.jobs) if (job.pipelineId === pipeline.id) stopJob(world, job);
};

export const stopJob = (world: World, job: Job): void => {
  if (job.state === 'FINISHED') return;
  job.state = 'FINISHED';
  job.result = 'STOPPED';
  job.finished = world.now();
};
