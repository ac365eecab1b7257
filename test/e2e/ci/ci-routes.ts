import type { SemaphoreSamples } from '../../upstreams/semaphore/semaphore-handles.ts';

export interface CiRoute {
  readonly method: 'GET' | 'POST';
  /** After `/api/v1/ci`. */
  readonly path: string;
  readonly body?: object;
}

/** Every route of the feature, with what it takes to get an answer of it. */
export const ciRoutes = ({ projectId, projectName, workflowId, pipelineId, jobId, ...other }: SemaphoreSamples) => {
  const get = (path: string): CiRoute => ({ method: 'GET', path });
  const post = (path: string, body?: object): CiRoute => ({ method: 'POST', path, ...(body ? { body } : {}) });
  return [
    get('/projects'),
    get(`/projects/${projectName}`),
    get(`/workflows?projectId=${projectId}`),
    get(`/workflows/${workflowId}`),
    post('/workflows', { projectId, reference: 'refs/heads/main' }),
    post(`/workflows/${workflowId}/rerun`),
    post(`/workflows/${workflowId}/stop`),
    get(`/pipelines?projectId=${projectId}`),
    get(`/pipelines?workflowId=${workflowId}`),
    get(`/pipelines/${pipelineId}`),
    get(`/pipelines/${pipelineId}/promotions`),
    post(`/pipelines/${other.passedPipelineId}/promotions`, { name: other.promotion, override: true }),
    post(`/pipelines/${other.donePipelineId}/rebuild`),
    post(`/pipelines/${pipelineId}/stop`),
    get('/jobs'),
    get('/jobs?state=running,queued'),
    get(`/jobs/${jobId}`),
    get(`/jobs/${jobId}/logs`),
    post(`/jobs/${jobId}/stop`),
  ];
};
