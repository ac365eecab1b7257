import type { Topic } from '../../../realtime/event-hub.ts';

/**
 * - `pipeline.changed`: a pipeline as lists show it, new or in another state.
 * - `job.changed`: a job of one of them: `{id, name, state, result, pipelineId, projectId}`.
 * - `watch.started`: what changed before is not told; whoever shows a state reads it anew.
 */
export const CI_TOPIC: Topic = {
  name: 'ci',
  description: 'Pipelines and jobs of the CI service as they change, of its first 20 projects.',
  access: ['ci:read'],
};
