import type { Organisation } from './organisation.ts';
import { makePipeline } from './pipeline-making.ts';
import { stableId } from './stable-id.ts';
import { addPipeline } from './start-workflow.ts';
import type { Pipeline } from './world.ts';

/** Starts another pipeline of the same workflow; answers its id, or that of what the token started before. */
export const rebuildPipeline = (organisation: Organisation, pipeline: Pipeline, requestToken: string): string => {
  const before = organisation.startedBy.get(requestToken);
  if (before !== undefined) return before.pipelineId;
  const id = startBeside(organisation, pipeline, { name: pipeline.name, partialRerunOf: pipeline.id });
  organisation.startedBy.set(requestToken, { workflowId: pipeline.workflowId, pipelineId: id });
  organisation.started.push({ kind: 'rebuild', id, requestToken });
  return id;
};

/** A running pipeline in the workflow of another one; answers its id. */
export const startBeside = (
  organisation: Organisation,
  pipeline: Pipeline,
  given: Partial<Pick<Pipeline, 'name' | 'file' | 'targets' | 'promotionOf' | 'partialRerunOf'>>,
): string => {
  const id = stableId('pipeline', organisation.nextNumber());
  const workflow = organisation.world.workflows.find((one) => one.id === pipeline.workflowId);
  if (workflow === undefined) throw new Error(`Pipeline ${pipeline.id} has no workflow`);
  addPipeline(organisation, makePipeline(id, workflow, organisation.world.now(), { file: pipeline.file, ...given }));
  return id;
};
