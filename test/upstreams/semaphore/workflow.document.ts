import { ORGANISATION, OWNER } from './project.document.ts';
import { stableId } from './stable-id.ts';
import { toSecondsAndNanos } from './time-forms.ts';
import { TRIGGERS, type Workflow } from './world.ts';

/** As lists have it: what triggered it is a number. */
export const workflowInList = (workflow: Workflow): object =>
  workflowDocument(workflow, TRIGGERS.indexOf(workflow.trigger));

/** As it is answered alone: what triggered it has a name. */
export const workflowAlone = (workflow: Workflow): object => workflowDocument(workflow, workflow.trigger);

const workflowDocument = (workflow: Workflow, triggeredBy: string | number): object => ({
  wf_id: workflow.id,
  triggered_by: triggeredBy,
  rerun_of: workflow.rerunOf,
  requester_id: OWNER,
  repository_id: stableId('repository', 0),
  project_id: workflow.projectId,
  organization_id: ORGANISATION,
  initial_ppl_id: workflow.initialPipelineId,
  hook_id: stableId('hook', 0),
  created_at: toSecondsAndNanos(workflow.created),
  commit_sha: workflow.commitSha,
  branch_name: workflow.branch,
  branch_id: stableId('branch', 0),
});
