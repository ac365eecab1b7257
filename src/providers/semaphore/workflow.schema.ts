import { z } from 'zod';
import { numberedAnswer } from './numbered-pages.ts';
import type { SemaphoreStarted, SemaphoreWorkflow } from './semaphore-shapes.ts';
import { id, text, time, word } from './semaphore-fields.ts';

/** In Semaphore's order: it writes the number, too. */
const TRIGGERS = ['hook', 'schedule', 'api', 'manual_run'];

const workflow = z
  .object({
    wf_id: id,
    project_id: text,
    initial_ppl_id: text,
    branch_name: text,
    commit_sha: text,
    triggered_by: word(TRIGGERS),
    requester_id: text,
    rerun_of: text,
    created_at: time,
  })
  .transform((answer): SemaphoreWorkflow => ({
    id: answer.wf_id,
    projectId: answer.project_id,
    initialPipelineId: answer.initial_ppl_id,
    branch: answer.branch_name,
    commitSha: answer.commit_sha,
    triggeredBy: answer.triggered_by,
    requesterId: answer.requester_id,
    rerunOf: answer.rerun_of,
    createdAt: answer.created_at,
  }));

export const semaphoreWorkflows = numberedAnswer(workflow);

export const semaphoreWorkflow = z.object({ workflow }).transform((answer) => answer.workflow);

/** What a first run answers. */
export const semaphoreRun = z
  .object({ workflow_id: id, pipeline_id: id })
  .transform(({ workflow_id, pipeline_id }): SemaphoreStarted => ({
    workflowId: workflow_id,
    pipelineId: pipeline_id,
  }));

/** What a rerun answers: the same by other names. */
export const semaphoreRerun = z
  .object({ wf_id: id, ppl_id: id })
  .transform(({ wf_id, ppl_id }): SemaphoreStarted => ({ workflowId: wf_id, pipelineId: ppl_id }));
