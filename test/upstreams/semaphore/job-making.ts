import type { Micros } from './time-forms.ts';
import type { Job, Pipeline } from './world.ts';

const SECOND = 1_000_000;

type Stage = Pick<Job, 'state' | 'result'>;

const WAITING: Stage = { state: 'PENDING', result: 'NONE' };
const QUEUED: Stage = { state: 'QUEUED', result: 'NONE' };
const RUNNING: Stage = { state: 'RUNNING', result: 'NONE' };
const PASSED: Stage = { state: 'FINISHED', result: 'PASSED' };
const FAILED: Stage = { state: 'FINISHED', result: 'FAILED' };

/** Name and block of a pipeline's jobs. */
export const JOBS_OF_PIPELINE = [
  ['Compile', 'Build'],
  ['Unit tests', 'Test'],
  ['End to end - 1/2', 'Test'],
] as const;

/** The job of that place (from 0) in its pipeline; jobs that passed elsewhere run on the organisation's own machines. */
export const makeJob = (id: string, pipeline: Pipeline, place: number, created: Micros): Job => {
  const [name, block] = JOBS_OF_PIPELINE[place % JOBS_OF_PIPELINE.length] ?? JOBS_OF_PIPELINE[0];
  const stage = stageOf(pipeline, place);
  return {
    ...{ id, name, block, index: block === 'Test' ? place - 1 : place },
    ...{ projectId: pipeline.projectId, pipelineId: pipeline.id, selfHosted: false, created, ...stage },
    started: stage.state === 'PENDING' || stage.state === 'QUEUED' ? 0 : created + 3 * SECOND,
    finished: stage.state === 'FINISHED' ? created + 60 * SECOND : 0,
  };
};

const stageOf = ({ state, result }: Pipeline, place: number): Stage => {
  if (state === 'done') return result === 'failed' && place > 0 ? FAILED : PASSED;
  return [RUNNING, QUEUED, WAITING][place] ?? WAITING;
};
