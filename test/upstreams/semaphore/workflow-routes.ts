import { bareJson, NOT_FOUND, type Answer } from './answer.ts';
import { branchOf } from './git-reference.ts';
import { answerPage, readPage } from './numbered-pages.ts';
import { textOf } from './request-params.ts';
import type { Question, Routes } from './route.ts';
import { rerunWorkflow, runWorkflow } from './start-workflow.ts';
import { stopPipeline } from './stop.ts';
import { createTimeFilter } from './time-filters.ts';
import { workflowAlone, workflowInList } from './workflow.document.ts';
import type { Workflow } from './world.ts';

const listWorkflows = ({ organisation: { world }, params, target }: Question): Answer => {
  const projectId = textOf(params, 'project_id');
  if (!world.projects.some(({ id }) => id === projectId)) return NOT_FOUND;
  const branch = textOf(params, 'branch_name');
  const isWanted = createTimeFilter(params, 'created');
  const found = world.workflows.filter(
    (one) => one.projectId === projectId && (branch === '' || one.branch === branch) && isWanted(one.created),
  );
  return answerPage(found, readPage(params, target), workflowInList);
};

const run = ({ organisation, params }: Question): Answer => {
  const projectId = textOf(params, 'project_id');
  if (projectId === '') return bareJson(400, "Invalid request - missing parameter 'project_id'.");
  if (!organisation.world.projects.some(({ id }) => id === projectId)) return NOT_FOUND;
  const branch = branchOf(textOf(params, 'reference'));
  if (branch === '') return bareJson(400, "Invalid request - missing parameter 'reference'.");
  const rest = { commitSha: textOf(params, 'commit_sha'), file: textOf(params, 'pipeline_file') };
  const { workflowId, pipelineId } = runWorkflow(organisation, { projectId, branch, ...rest });
  return bareJson(200, { workflow_id: workflowId, pipeline_id: pipelineId });
};

const onWorkflow =
  (answer: (workflow: Workflow, question: Question) => Answer) =>
  (question: Question): Answer => {
    const workflow = question.organisation.world.workflows.find(({ id }) => id === question.id);
    return workflow === undefined ? NOT_FOUND : answer(workflow, question);
  };

const rerun = (workflow: Workflow, { organisation, params }: Question): Answer => {
  const requestToken = textOf(params, 'request_token');
  if (requestToken === '') return bareJson(400, 'Missing required post parameter request_token.');
  const { workflowId, pipelineId } = rerunWorkflow(organisation, workflow, requestToken);
  return bareJson(200, { wf_id: workflowId, ppl_id: pipelineId });
};

const stop = ({ id }: Workflow, { organisation }: Question): Answer => {
  const pipelines = organisation.world.pipelines.filter((one) => one.workflowId === id && one.state !== 'done');
  for (const pipeline of pipelines) stopPipeline(organisation, pipeline);
  organisation.stopped.push(id);
  return bareJson(200, `Termination started for ${pipelines.length} pipelines.`);
};

export const workflowRoutes: Routes = {
  'GET /plumber-workflows': listWorkflows,
  'POST /plumber-workflows': run,
  'GET /plumber-workflows/:': onWorkflow((workflow) => bareJson(200, { workflow: workflowAlone(workflow) })),
  'POST /plumber-workflows/:/reschedule': onWorkflow(rerun),
  'POST /plumber-workflows/:/terminate': onWorkflow(stop),
};
