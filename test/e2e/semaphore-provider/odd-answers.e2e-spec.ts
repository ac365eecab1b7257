import { describe, expect, it } from '@jest/globals';
import type { SemaphoreClient } from '../../../src/providers/semaphore/semaphore.client.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { eachWithScript } from './scripted-scene.ts';
import { SOME_ID, type ScriptedSemaphore } from './scripted-semaphore.ts';

let upstream: ScriptedSemaphore;
let client: SemaphoreClient;
eachWithScript((scene) => ({ upstream, client } = scene));

describe('a log', () => {
  it.each([
    ['nowhere', {}],
    ['in clear', { location: 'http://logs.example/1' }],
    ['a page of its own', { location: '/login' }],
    ['a place with a password', { location: 'https://a:b@logs.example/' }],
  ])('that was moved to %s is no answer', async (_what, headers) => {
    upstream.answer({ status: 302, headers: headers });
    const error = await rejectionOf(client.getJobLog(SOME_ID));
    expect(error).toMatchObject({ code: 'upstream_invalid_answer', status: 302 });
    expect(String(error)).not.toContain('logs.example');
    expect(upstream.requests).toHaveLength(1);
  });

  it.each([
    ['a status that is neither', { status: 304 }],
    ['no events', { body: {} }],
    ['an event that is none', { body: { events: [null] } }],
    ['more lines than can be held', { body: { events: [{ event: 'cmd_output', output: '\n'.repeat(1_000_001) }] } }],
    ['broken JSON', { body: '{ "events": [' }],
    ['nothing', {}],
  ])('is no answer with %s', async (_what, answer) => {
    upstream.answer(answer);
    expect(await rejectionOf(client.getJobLog(SOME_ID))).toMatchObject({ code: 'upstream_invalid_answer' });
  });

  it('elsewhere than at logs no redirect is an answer', async () => {
    upstream.answer({ status: 302, headers: { location: 'https://id.example/login' } });
    expect(await rejectionOf(client.getJob(SOME_ID))).toMatchObject({ code: 'upstream_invalid_answer', status: 302 });
  });

  it('of 12 MB is read, one of 17 MB refused', async () => {
    const output = `${'x'.repeat(99)}\n`.repeat(1_000);
    const logOf = (count: number) => ({
      events: Array(count).fill({ event: 'cmd_output', timestamp: 1, output }) as unknown[],
    });
    upstream.answer({ body: logOf(120) });
    const log = await client.getJobLog(SOME_ID);
    expect('lines' in log && log.lines.length).toBe(120_000);
    upstream.answer({ body: logOf(170) });
    expect(await rejectionOf(client.getJobLog(SOME_ID))).toMatchObject({ code: 'upstream_invalid_answer' });
  });
});

describe('a write', () => {
  it.each([['"OK"'], ['{}'], ['Promotion successfully triggered.'], ['']])(
    'is done, whatever is answered: %j',
    async (body) => {
      upstream.answer({ body });
      expect(await client.promote(SOME_ID, 'b', false)).toBeUndefined();
      expect(await client.stopJob(SOME_ID)).toBeUndefined();
    },
  );

  it('that says nothing of what it started is no answer', async () => {
    upstream.answer({ body: '"OK"' });
    const run = { projectId: SOME_ID, reference: 'b' };
    expect(await rejectionOf(client.runWorkflow(run))).toMatchObject({ code: 'upstream_invalid_answer' });
    expect(upstream.requests).toHaveLength(1);
  });
});
