import { describe, expect, it } from '@jest/globals';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { eachWithScript } from './scripted-scene.ts';
import { SOME_ID, type ScriptedSemaphore } from './scripted-semaphore.ts';

const PAGE = { limit: 100 };

let upstream: ScriptedSemaphore;
let client: SemaphoreClient;
eachWithScript((scene) => ({ upstream, client } = scene));

describe('a list of pipelines', () => {
  const listed = async (pipeline: object) => {
    upstream.answer({ body: [{ ppl_id: 'a', ...pipeline }] });
    return (await client.listPipelines({ workflowId: SOME_ID }, PAGE)).items[0];
  };

  it('reads numbers for words, and takes no number for a result before the end', async () => {
    const numbers = { result: 0, result_reason: 0 };
    expect(await listed({ state: 3, ...numbers })).toMatchObject({
      state: 'running',
      result: null,
      resultReason: null,
    });
    const failed = { state: 'done', result: 'failed', resultReason: 'stuck' };
    expect(await listed({ state: 5, result: 3, result_reason: 2 })).toMatchObject(failed);
    expect(await listed({})).toMatchObject({ state: 'unknown', result: null });
  });

  it.each([
    ['.semaphore', 'semaphore.yml', '.semaphore/semaphore.yml'],
    ['.semaphore/', 'semaphore.yml', '.semaphore/semaphore.yml'],
    ['./ci', 'a.yml', 'ci/a.yml'],
    ['.', 'semaphore.yml', 'semaphore.yml'],
    ['', '.semaphore/semaphore.yml', '.semaphore/semaphore.yml'],
    ['.semaphore', '.semaphore/semaphore.yml', '.semaphore/semaphore.yml'],
    ['ci', '/ci/a.yml', '/ci/a.yml'],
    ['ci', '', null],
  ])('puts the path %j and the name %j together', async (working_directory, yaml_file_name, file) => {
    expect(await listed({ working_directory, yaml_file_name })).toMatchObject({ file });
  });
});

describe('a list of promotions', () => {
  it('is empty for a pipeline that has none, and Semaphore, which fails then, is not asked for it', async () => {
    upstream.answer({ body: { pipeline: { switch_id: '' } } }, { status: 500, body: '"Internal error"' });
    expect(await client.listPromotions(SOME_ID, PAGE)).toEqual({ items: [], next: null });
    expect(upstream.requests).toEqual([`GET /pipelines/${SOME_ID}`]);
  });

  it.each([
    ['has them', { pipeline: { switch_id: 's' } }],
    ['does not say', { pipeline: {} }],
  ])('is refused as it is for a pipeline that %s', async (_what, body) => {
    upstream.answer({ body }, { status: 400, body: '"Switch with id s not found"' });
    expect(await rejectionOf(client.listPromotions(SOME_ID, PAGE))).toMatchObject({
      code: 'upstream_rejected',
      status: 400,
      reason: 'status 400: Switch with id s not found',
    });
  });

  it('has an id for each, also for one that has not started a pipeline yet', async () => {
    const promotion = { name: 'a', status: 'processing', triggered_by: 'Ash', scheduled_pipeline_id: '' };
    const triggered_at = { seconds: 1_571_083_003, nanos: 0 };
    upstream.answer({ body: { pipeline: {} } }, { body: [{ ...promotion, triggered_at }, promotion] });
    const { items } = await client.listPromotions(SOME_ID, PAGE);
    expect(items.map(({ id }) => id)).toEqual(['a@2019-10-14T19:56:43.000Z', 'a@Ash']);
    expect(items[0]?.triggeredBy).toBe('Ash');
  });
});
