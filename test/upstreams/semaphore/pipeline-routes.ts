import { bareJson, NOT_FOUND, type Answer } from './answer.ts';
import { answerPage, readPage } from './numbered-pages.ts';
import { pipelineAlone, pipelineInList } from './pipeline.document.ts';
import { rebuildPipeline } from './rebuild-pipeline.ts';
import { textOf } from './request-params.ts';
import type { Question, Routes } from './route.ts';
import { settle, stopPipeline } from './stop.ts';
import { createTimeFilter } from './time-filters.ts';
import type { Pipeline } from './world.ts';

const listPipelines = ({ organisation: { world }, params, target }: Question): Answer => {
  const [projectId, workflowId] = [textOf(params, 'project_id'), textOf(params, 'wf_id')];
  const isKnown = projectId === '' ? isIn(world.workflows, workflowId) : isIn(world.projects, projectId);
  if (!isKnown) return NOT_FOUND;
  const wanted = {
    projectId,
    workflowId,
    branch: textOf(params, 'branch_name'),
    file: textOf(params, 'yml_file_path'),
  };
  const [isCreated, isDone] = [createTimeFilter(params, 'created'), createTimeFilter(params, 'done')];
  const found = world.pipelines.filter(
    (one) => matches(one, wanted) && isCreated(one.times.created) && isDone(one.times.done),
  );
  return answerPage(found, readPage(params, target), pipelineInList);
};

const isIn = (list: readonly { readonly id: string }[], wanted: string): boolean =>
  list.some(({ id }) => id === wanted);

const FILTERS = ['projectId', 'workflowId', 'branch', 'file'] as const;

const matches = (pipeline: Pipeline, wanted: Pick<Pipeline, (typeof FILTERS)[number]>): boolean =>
  FILTERS.every((name) => wanted[name] === '' || wanted[name] === pipeline[name]);

const onPipeline =
  (answer: (pipeline: Pipeline, question: Question) => Answer) =>
  (question: Question): Answer => {
    const pipeline = question.organisation.world.pipelines.find(({ id }) => id === question.id);
    return pipeline === undefined ? NOT_FOUND : answer(pipeline, question);
  };

const describePipeline = (pipeline: Pipeline, { organisation: { world }, params }: Question): Answer => {
  const isDetailed = params['detailed'] === 'true';
  const jobs = isDetailed ? world.jobs.filter(({ pipelineId }) => pipelineId === pipeline.id) : [];
  const answer = bareJson(200, pipelineAlone(pipeline, jobs));
  settle(world, pipeline);
  return answer;
};

const stop = (pipeline: Pipeline, { organisation, params }: Question): Answer => {
  if (params['terminate_request'] !== true)
    return bareJson(400, "Value of 'terminate_request' field must be boolean value 'true'.");
  stopPipeline(organisation, pipeline);
  organisation.stopped.push(pipeline.id);
  return bareJson(200, 'Pipeline termination started.');
};

const rebuild = (pipeline: Pipeline, { organisation, params }: Question): Answer => {
  const requestToken = textOf(params, 'request_token');
  if (requestToken === '') return bareJson(400, 'Missing required post parameter request_token.');
  if (pipeline.state !== 'done') return bareJson(400, 'Only pipelines which are in done state can be partial rebuilt.');
  if (pipeline.result === 'passed') return bareJson(400, 'Pipelines which passed can not be partial rebuilt.');
  return bareJson(200, { pipeline_id: rebuildPipeline(organisation, pipeline, requestToken), message: '' });
};

export const pipelineRoutes: Routes = {
  'GET /pipelines': listPipelines,
  'GET /pipelines/:': onPipeline(describePipeline),
  'PATCH /pipelines/:': onPipeline(stop),
  'POST /pipelines/:/partial_rebuild': onPipeline(rebuild),
};
