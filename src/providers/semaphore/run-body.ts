import { toUuid } from './semaphore-id.ts';
import type { SemaphoreRun } from './semaphore-shapes.ts';

/** @throws UpstreamError for which `isAbsent` holds when there can be no such project */
export const toRunBody = ({ projectId, reference, commitSha, pipelineFile, parameters }: SemaphoreRun): object => ({
  project_id: toUuid(projectId),
  reference,
  commit_sha: commitSha,
  pipeline_file: pipelineFile,
  parameters,
});
