import { z } from 'zod';
import type { SemaphoreJob } from './semaphore-shapes.ts';
import { id, state, text, time, word } from './semaphore-fields.ts';

const STATES = ['pending', 'queued', 'running', 'finished'];
const RESULTS = ['none', 'passed', 'failed', 'stopped'];

const metadata = z.object({
  id,
  name: z.string().default(''),
  create_time: time,
  update_time: time,
  start_time: time,
  finish_time: time,
});

const variables = z.array(z.object({ name: text, value: text })).nullish();

const spec = z.object({ project_id: text, env_vars: variables });

export const semaphoreJob = z
  .object({ metadata, spec: spec.nullish(), status: z.object({ state: state(STATES), result: word(RESULTS) }) })
  .transform(({ metadata, spec, status: { state, result } }): SemaphoreJob => ({
    id: metadata.id,
    name: metadata.name,
    projectId: spec?.project_id ?? null,
    pipelineId: toPipelineId(spec?.env_vars),
    state,
    result: result === 'none' ? null : result,
    createdAt: metadata.create_time,
    updatedAt: metadata.update_time,
    startedAt: metadata.start_time,
    finishedAt: metadata.finish_time,
  }));

/** Of the environment only this is read: the rest may be secret. */
const toPipelineId = (environment: z.infer<typeof variables>): string | null =>
  environment?.find(({ name }) => name === 'SEMAPHORE_PIPELINE_ID')?.value ?? null;
