import { toSecondsText } from './time-forms.ts';
import type { Job, Pipeline } from './world.ts';

/** As protobuf writes JSON: every field is there, int64 is a string, a message that is not set is null. */
export const jobDocument = (job: Job, pipeline: Pipeline | undefined): object => ({
  metadata: {
    ...{ name: job.name, id: job.id, create_time: toSecondsText(job.created) },
    update_time: toSecondsText(job.finished || job.started || job.created),
    ...{ start_time: toSecondsText(job.started), finish_time: toSecondsText(job.finished) },
  },
  spec: specDocument(job, pipeline),
  status: { result: job.result, state: job.state, agent: agentDocument(job) },
});

const specDocument = (job: Job, pipeline: Pipeline | undefined): object => ({
  project_id: job.projectId,
  agent: {
    machine: { type: job.selfHosted ? 's1-harbour' : 'e2-standard-2', os_image: job.selfHosted ? '' : 'ubuntu2404' },
    ...{ containers: [], image_pull_secrets: [] },
  },
  secrets: [],
  env_vars: pipeline === undefined ? [] : environmentOf(pipeline),
  files: [],
  commands: ['checkout', 'make test'],
  ...{ epilogue_commands: [], epilogue_always_commands: [], epilogue_on_pass_commands: [] },
  epilogue_on_fail_commands: [],
});

const environmentOf = ({ id, workflowId, branch }: Pipeline): object[] => [
  { name: 'SEMAPHORE_WORKFLOW_ID', value: workflowId },
  { name: 'SEMAPHORE_PIPELINE_ID', value: id },
  { name: 'SEMAPHORE_GIT_BRANCH', value: branch },
];

const agentDocument = (job: Job): object | null =>
  job.started === 0 ? null : { ip: '203.0.113.7', ports: [{ name: 'ssh', number: 2_345 }], name: 'harbour-agent-1' };
