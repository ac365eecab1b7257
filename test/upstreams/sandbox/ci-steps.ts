import type { SemaphoreSamples } from '../semaphore/semaphore-handles.ts';
import { bearer, type Step } from './step.ts';

/** `token` has the scopes ci:read and ci:write. */
export const ciSteps = (samples: SemaphoreSamples, token: string): readonly Step[] => {
  const headers = bearer(token);
  const { projectId, workflowId, pipelineId, jobId } = samples;
  return [
    { title: 'The projects of the CI', path: '/api/v1/ci/projects', headers },
    {
      title: 'Workflows of one, with a cursor to the next page',
      path: `/api/v1/ci/workflows?projectId=${projectId}&limit=2`,
      headers,
    },
    { title: 'A pipeline with its blocks and jobs', path: `/api/v1/ci/pipelines/${pipelineId}`, headers },
    {
      title: 'A rerun: one workflow for one key, however often it is sent; status 202',
      path: `/api/v1/ci/workflows/${workflowId}/rerun`,
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': 'sandbox-rerun-1' },
      withHeaders: true,
    },
    {
      title: 'What a job wrote, as text',
      path: `/api/v1/ci/jobs/${jobId}/logs`,
      headers: { ...headers, Accept: 'text/plain' },
    },
  ];
};
