import { describe, expect, it } from '@jest/globals';
import type { SemaphorePipeline } from '../../../providers/semaphore/semaphore-shapes.ts';
import type { Board, BoardJob } from './board.ts';
import { findChanges } from './find-changes.ts';

const pipeline = (id: string, state: string, result: string | null = null): SemaphorePipeline =>
  ({ id, state, result, name: 'Build' }) as SemaphorePipeline;

const job = (id: string, state: string, result: string | null = null): BoardJob =>
  ({ id, name: id, state, result, pipelineId: 'p', projectId: 'project' }) satisfies BoardJob;

const board = (pipelines: readonly SemaphorePipeline[], jobs: readonly BoardJob[] = []): Board => ({
  pipelines: new Map(pipelines.map((one) => [one.id, one])),
  jobs: new Map(jobs.map((one) => [one.id, one])),
});

describe('what changed on the board', () => {
  const running = board([pipeline('p', 'running'), pipeline('q', 'done', 'passed')], [job('j', 'running')]);

  it('is nothing when nothing did', () => {
    expect(findChanges(running, running)).toEqual([]);
  });

  it('is not what only has another name', () => {
    expect(findChanges(running, board([{ ...pipeline('p', 'running'), name: 'Renamed' }]))).toEqual([]);
  });

  it('is what is new, whole', () => {
    const now = pipeline('new', 'queuing');
    expect(findChanges(running, board([now]))).toEqual([{ type: 'pipeline.changed', data: now }]);
  });

  it.each([
    ['state', pipeline('p', 'stopping')],
    ['result', pipeline('q', 'done', 'failed')],
  ])('is what has another %s', (_what, now) => {
    expect(findChanges(running, board([now]))).toEqual([{ type: 'pipeline.changed', data: now }]);
  });

  it('tells jobs before the pipelines that they decide', () => {
    const now = board([pipeline('p', 'done', 'failed')], [job('j', 'finished', 'failed')]);
    expect(findChanges(running, now).map(({ type }) => type)).toEqual(['job.changed', 'pipeline.changed']);
  });

  it('does not tell what is not shown any more', () => {
    expect(findChanges(running, board([]))).toEqual([]);
  });
});
