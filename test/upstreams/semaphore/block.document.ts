import { stableId } from './stable-id.ts';
import type { Job, Pipeline } from './world.ts';

/** The blocks of a pipeline in small letters, with their jobs in capitals. */
export const blocksOf = (pipeline: Pipeline, jobs: readonly Job[]): object[] => {
  const names = [...new Set(jobs.map(({ block }) => block))];
  return names.map((name) => {
    const own = jobs.filter(({ block }) => block === name);
    return {
      ...{ block_id: stableId(`block ${name}`, pipeline.times.created), name },
      ...{ build_req_id: stableId(`build ${name}`, pipeline.times.created), error_description: '' },
      ...stateOf(own),
      jobs: own.map(blockJobDocument),
    };
  });
};

const stateOf = (jobs: readonly Job[]): object => {
  if (jobs.every(({ state }) => state === 'PENDING')) return { state: 'waiting' };
  if (jobs.some(({ state }) => state !== 'FINISHED')) return { state: 'running' };
  const worst = ['STOPPED', 'FAILED'].find((result) => jobs.some((job) => job.result === result)) ?? 'PASSED';
  return { state: 'done', result: worst.toLowerCase(), result_reason: worst === 'STOPPED' ? 'user' : 'test' };
};

/** A job that has not begun has neither an id nor a status yet. */
const blockJobDocument = ({ id, name, index, state, result }: Job): object => ({
  ...{ name, index, job_id: state === 'PENDING' ? '' : id, status: state === 'PENDING' ? '' : state },
  result: state === 'FINISHED' ? result : '',
});
