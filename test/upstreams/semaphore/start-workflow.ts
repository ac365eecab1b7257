import { makeJob, JOBS_OF_PIPELINE } from './job-making.ts';
import type { Ids, Organisation } from './organisation.ts';
import { makePipeline } from './pipeline-making.ts';
import { stableId, stableSha } from './stable-id.ts';
import type { Pipeline, Workflow } from './world.ts';

export interface Run {
  readonly projectId: string;
  readonly branch: string;
  /** Default: that of the head of the branch. */
  readonly commitSha: string;
  /** Default: `.semaphore/semaphore.yml`. */
  readonly file: string;
}

export const runWorkflow = (organisation: Organisation, { file, ...run }: Run): Ids => {
  const ids = startWorkflow(organisation, { ...run, trigger: 'API', rerunOf: '' }, file);
  organisation.started.push({ kind: 'run', id: ids.workflowId, requestToken: null });
  return ids;
};

/** The same token gives the same answer, whatever it is sent for; nothing is started again. */
export const rerunWorkflow = (organisation: Organisation, workflow: Workflow, requestToken: string): Ids => {
  const before = organisation.startedBy.get(requestToken);
  if (before !== undefined) return before;
  const { file } = organisation.world.pipelines.find(({ id }) => id === workflow.initialPipelineId) ?? { file: '' };
  const ids = startWorkflow(organisation, { ...workflow, rerunOf: workflow.id }, file);
  organisation.startedBy.set(requestToken, ids);
  organisation.started.push({ kind: 'rerun', id: ids.workflowId, requestToken });
  return ids;
};

type Given = Omit<Workflow, 'id' | 'initialPipelineId' | 'created'>;

const startWorkflow = (organisation: Organisation, given: Given, file: string): Ids => {
  const { world } = organisation;
  const number = organisation.nextNumber();
  const workflow: Workflow = {
    ...given,
    id: stableId('workflow', number),
    initialPipelineId: stableId('pipeline', number),
    commitSha: given.commitSha || stableSha(number),
    created: world.now(),
  };
  world.workflows.unshift(workflow);
  const at = file === '' ? {} : { file };
  addPipeline(organisation, makePipeline(workflow.initialPipelineId, workflow, workflow.created, at));
  return { workflowId: workflow.id, pipelineId: workflow.initialPipelineId };
};

/** The newest pipeline, with its jobs. */
export const addPipeline = ({ world, nextNumber }: Organisation, pipeline: Pipeline): void => {
  const { created } = pipeline.times;
  const jobs = JOBS_OF_PIPELINE.map((_, place) =>
    makeJob(stableId('job', nextNumber()), pipeline, place, created - place),
  );
  world.pipelines.unshift(pipeline);
  world.jobs.unshift(...jobs);
};
