import { TARGETS } from './pipeline-making.ts';
import type { SemaphoreSamples } from './semaphore-handles.ts';
import { signedUrlOf } from './signed-url.ts';
import { stableId } from './stable-id.ts';
import type { World } from './world.ts';

/** Found in what there is; where it was started too small to have one, ids of nothing. */
export const findSamples = ({ projects, workflows, pipelines, jobs }: World): SemaphoreSamples => {
  const nothing = stableId('nothing', 0);
  const [running, failed, passed, bare] = pipelines.map(({ id }) => id);
  const finished = jobs.filter(({ state }) => state === 'FINISHED');
  const movedLogJobId = finished.find(({ selfHosted }) => selfHosted)?.id ?? nothing;
  return {
    ...{ projectId: projects[0]?.id ?? nothing, projectName: projects[0]?.name ?? '' },
    ...{ workflowId: workflows[0]?.id ?? nothing, promotion: TARGETS[0] },
    ...{ pipelineId: running ?? nothing, donePipelineId: failed ?? nothing, passedPipelineId: passed ?? nothing },
    barePipelineId: bare ?? nothing,
    jobId: finished.find(({ selfHosted }) => !selfHosted)?.id ?? nothing,
    ...{ movedLogJobId, signedUrl: signedUrlOf(movedLogJobId) },
  };
};
