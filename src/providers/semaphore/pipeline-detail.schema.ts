import { z } from 'zod';
import { RESULTS, semaphorePipeline } from './pipeline.schema.ts';
import type { SemaphoreBlock, SemaphoreBlockJob, SemaphorePipelineDetail } from './semaphore-shapes.ts';
import { id, state, text, word } from './semaphore-fields.ts';

const BLOCK_STATES = ['waiting', 'running', 'stopping', 'done', 'initializing'];

const blockJob = z.object({ job_id: text, name: z.string(), status: state(), result: word() });

const block = z
  .object({
    block_id: text,
    name: z.string(),
    state: state(BLOCK_STATES),
    result: word(RESULTS),
    jobs: z.array(blockJob).nullish(),
  })
  .transform((answer): SemaphoreBlock => ({
    id: answer.block_id ?? answer.name,
    name: answer.name,
    state: answer.state,
    result: answer.state === 'done' ? answer.result : null,
    jobs: (answer.jobs ?? []).map((job, index) => toJob(job, answer.name, index)),
  }));

/** A job that is still to be made has no id: its place in the pipeline is its own as well. */
const toJob = (job: z.infer<typeof blockJob>, blockName: string, index: number): SemaphoreBlockJob => ({
  id: job.job_id ?? `${blockName}/${index}`,
  name: job.name,
  state: job.status,
  result: job.result,
});

export const semaphorePipelineDetail = z
  .object({ pipeline: semaphorePipeline, blocks: z.array(block).nullish() })
  .transform(({ pipeline, blocks }): SemaphorePipelineDetail => ({ ...pipeline, blocks: blocks ?? [] }));

export const semaphoreRebuild = z.object({ pipeline_id: id }).transform(({ pipeline_id }) => pipeline_id);
