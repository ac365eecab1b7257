import { blocksOf } from './block.document.ts';
import { ORGANISATION } from './project.document.ts';
import { stableId } from './stable-id.ts';
import { toDatetimeText, toSecondsAndNanos, type Micros } from './time-forms.ts';
import { PIPELINE_TIMES, type Job, type Pipeline } from './world.ts';

/** As lists have it: in capitals, times in seconds and nanos. */
export const pipelineInList = (pipeline: Pipeline): object =>
  pipelineDocument(pipeline, (word) => word.toUpperCase(), toSecondsAndNanos);

/** As it is answered alone: in small letters, times as text; `jobs` only where details were asked for. */
export const pipelineAlone = (pipeline: Pipeline, jobs: readonly Job[]): object => ({
  pipeline: pipelineDocument(pipeline, (word) => word, toDatetimeText),
  blocks: blocksOf(pipeline, jobs),
});

const pipelineDocument = (
  pipeline: Pipeline,
  toWord: (word: string) => string,
  toTime: (time: Micros) => unknown,
): object => ({
  ...plainFields(pipeline),
  ...Object.fromEntries(PIPELINE_TIMES.map((name) => [`${name}_at`, toTime(pipeline.times[name])])),
  state: toWord(pipeline.state),
  ...(pipeline.state === 'done' && { result: toWord(pipeline.result), result_reason: toWord(pipeline.reason) }),
});

const plainFields = (pipeline: Pipeline): object => ({
  ...{ ppl_id: pipeline.id, name: pipeline.name, wf_id: pipeline.workflowId, project_id: pipeline.projectId },
  ...{ branch_name: pipeline.branch, commit_sha: pipeline.commitSha, commit_message: 'Widen the beam' },
  ...splitFile(pipeline.file),
  ...{ promotion_of: pipeline.promotionOf, partial_rerun_of: pipeline.partialRerunOf, partially_rerun_by: '' },
  ...{ organization_id: ORGANISATION, hook_id: stableId('hook', 0), branch_id: stableId('branch', 0) },
  ...{
    repository_id: stableId('repository', 0),
    switch_id: pipeline.targets.length > 0 ? SWITCH : '',
    snapshot_id: '',
  },
  ...{ terminate_request: pipeline.reason === 'user' ? 'stop' : '', terminated_by: '', error_description: '' },
  ...{ with_after_task: false, after_task_id: '', compile_task_id: '', env_vars: [] },
});

/** Where promotions are counted; a pipeline without any has none. */
export const SWITCH = stableId('switch', 0);

const splitFile = (file: string): object => {
  const at = file.lastIndexOf('/');
  return { working_directory: at < 0 ? '.' : file.slice(0, at), yaml_file_name: file.slice(at + 1) };
};
