import type { Micros } from './time-forms.ts';
import type { Pipeline, PipelineTimes, Workflow } from './world.ts';

const SECOND = 1_000_000;

/** What can be promoted from most pipelines; one of them sounds as a path does. */
export const TARGETS = ['Production deployment', 'Staging / EU'] as const;

type GivenField = 'name' | 'file' | 'targets' | 'state' | 'result' | 'promotionOf' | 'partialRerunOf';

/** A pipeline of a workflow that runs since `created`, or ran then. */
export const makePipeline = (
  id: string,
  workflow: Workflow,
  created: Micros,
  given: Partial<Pick<Pipeline, GivenField>> = {},
): Pipeline => {
  const { state = 'running' } = given;
  return {
    ...{ id, name: 'Build and test', file: '.semaphore/semaphore.yml', targets: TARGETS },
    ...{ projectId: workflow.projectId, workflowId: workflow.id },
    ...{ branch: workflow.branch, commitSha: workflow.commitSha },
    ...{ promotionOf: '', partialRerunOf: '', result: 'passed', reason: 'test', ...given },
    state,
    times: timesOf(state, created),
  };
};

const timesOf = (state: Pipeline['state'], created: Micros): PipelineTimes => ({
  created,
  pending: created + 40_223,
  queuing: created + 55_406,
  running: state === 'queuing' ? 0 : created + 79_001,
  stopping: 0,
  done: state === 'done' ? created + 90 * SECOND : 0,
});
