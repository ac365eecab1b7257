import { z } from 'zod';
import { numberedAnswer } from './numbered-pages.ts';
import type { SemaphorePipeline } from './semaphore-shapes.ts';
import { id, state, text, time, word } from './semaphore-fields.ts';

/** In Semaphore's order, for where it writes the number. */
const STATES = ['initializing', 'pending', 'queuing', 'running', 'stopping', 'done'];
export const RESULTS = ['passed', 'stopped', 'canceled', 'failed'];
const REASONS = ['test', 'malformed', 'stuck', 'user', 'internal', 'strategy', 'fast_failing', 'deleted', 'timeout'];

const pipelineAnswer = z.object({
  ppl_id: id,
  name: text,
  wf_id: text,
  project_id: text,
  branch_name: text,
  commit_sha: text,
  working_directory: text,
  yaml_file_name: text,
  state: state(STATES),
  result: word(RESULTS),
  result_reason: word(REASONS),
  created_at: time,
  pending_at: time,
  queuing_at: time,
  running_at: time,
  stopping_at: time,
  done_at: time,
});

type PipelineAnswer = z.infer<typeof pipelineAnswer>;

/** As it is in a list, and alone. */
export const semaphorePipeline = pipelineAnswer.transform((answer): SemaphorePipeline => ({
  id: answer.ppl_id,
  name: answer.name,
  workflowId: answer.wf_id,
  projectId: answer.project_id,
  branch: answer.branch_name,
  commitSha: answer.commit_sha,
  file: toFile(answer),
  state: answer.state,
  ...toOutcome(answer),
  ...toTimes(answer),
}));

export const semaphorePipelines = numberedAnswer(semaphorePipeline);

type Times = 'createdAt' | 'pendingAt' | 'queuingAt' | 'runningAt' | 'stoppingAt' | 'doneAt';

const toTimes = (answer: PipelineAnswer): Pick<SemaphorePipeline, Times> => ({
  createdAt: answer.created_at,
  pendingAt: answer.pending_at,
  queuingAt: answer.queuing_at,
  runningAt: answer.running_at,
  stoppingAt: answer.stopping_at,
  doneAt: answer.done_at,
});

/** Semaphore takes a path apart, and the name may hold all of it. */
const toFile = ({ working_directory: directory, yaml_file_name: name }: PipelineAnswer): string | null => {
  if (name === null || directory === null || name.startsWith('/')) return name;
  const folder = directory.replace(/^\.\/|\/$/g, '');
  return folder === '' || folder === '.' || name.startsWith(`${folder}/`) ? name : `${folder}/${name}`;
};

/** A number says "passed, because of a test" where nothing is said at all: a result counts once it is over, a reason unless all went well. */
const toOutcome = (answer: PipelineAnswer): Pick<SemaphorePipeline, 'result' | 'resultReason'> => {
  const { state, result, result_reason: reason } = answer;
  if (state !== 'done') return { result: null, resultReason: null };
  return { result, resultReason: result === 'passed' ? null : reason };
};
