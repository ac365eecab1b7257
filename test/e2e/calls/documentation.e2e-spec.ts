import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerFaults, readApiDocument, type ApiDocument } from '../../support/api-document.ts';
import { PROBLEMS } from '../../../src/inbound/problems/problem.ts';
import { KILLS_WORKERS, noSuchOperation, OUTCOME_UNKNOWN, TOOK_TOO_LONG } from '../../../src/jobs/call-problems.ts';
import { startCalls, type CallsScene } from './calls-scene.ts';

const ABSENT = '00000000-0000-4000-8000-000000000000';

let breakwater: CallsScene;
let document: ApiDocument;
beforeAll(async () => {
  breakwater = await startCalls();
  document = await readApiDocument(breakwater.url);
});
afterAll(() => breakwater.close());

describe('the documentation of calls', () => {
  it('describes what callers are answered', async () => {
    const { id } = await breakwater.submit('harbour.greet', { name: 'ann' });
    await breakwater.reach(id, 'succeeded');
    const failed = await breakwater.submit('harbour.sink', { name: 'bob' });
    await breakwater.reach(failed.id, 'failed');
    const running = await breakwater.submit('harbour.unload', { name: 'cat' });
    await breakwater.reach(running.id, 'running');
    const call = { operation: 'harbour.greet', input: { name: 'ann' } };
    for (const [name, path, body] of [
      ['POST /api/v1/calls', '/calls', call],
      ['POST /api/v1/calls', '/calls', { operation: 'none' }],
      ['POST /api/v1/calls', '/calls', { ...call, operation: 'harbour.inspect' }],
      ['POST /api/v1/calls', '/calls', { ...call, input: { name: 'z'.repeat(66_000) } }],
      ['GET /api/v1/calls', '/calls?limit=1', undefined],
      ['GET /api/v1/calls', '/calls?limit=0', undefined],
      ['GET /api/v1/calls/{id}', `/calls/${id}`, undefined],
      ['GET /api/v1/calls/{id}', `/calls/${failed.id}`, undefined],
      ['GET /api/v1/calls/{id}', `/calls/${ABSENT}`, undefined],
      ['DELETE /api/v1/calls/{id}', `/calls/${id}`, undefined],
      ['DELETE /api/v1/calls/{id}', `/calls/${running.id}`, undefined],
      ['DELETE /api/v1/calls/{id}', `/calls/${ABSENT}`, undefined],
    ] as const) {
      const answer = await breakwater.send(name.split(' ')[0]!, path, body);
      expect([path, answer.status, ...answerFaults(document, name, answer)]).toEqual([path, answer.status]);
    }
  });

  it('describes what operators are answered', async () => {
    const { id } = await breakwater.submit('harbour.sink', { name: 'dan' });
    await breakwater.reach(id, 'failed');
    for (const [name, path] of [
      ['GET /ops/calls', '?limit=1'],
      ['GET /ops/calls', '?limit=0'],
      ['GET /ops/calls/{id}', `/${id}`],
      ['GET /ops/calls/{id}', `/${ABSENT}`],
      ['DELETE /ops/calls/{id}', `/${id}`],
      ['POST /ops/calls/{id}/retry', `/${id}/retry`],
      ['POST /ops/calls/{id}/retry', `/${ABSENT}/retry`],
    ] as const) {
      const answer = await breakwater.operate(name.split(' ')[0]!, path);
      expect([path, answer.status, ...answerFaults(document, name, answer)]).toEqual([path, answer.status]);
    }
  });

  it('names the operations that callers may ask for, as long as there are these', () => {
    const schema = document.components.schemas['CallRequest']!;
    for (const name of ['ci.runWorkflow', 'ci.rerunWorkflow', 'ci.stopWorkflow', 'ci.rebuildPipeline'])
      expect(JSON.stringify(schema)).toContain(`\`${name}\``);
  });

  it('has a page for every problem that a call may end with', () => {
    for (const { code, status } of [KILLS_WORKERS, noSuchOperation('x'), OUTCOME_UNKNOWN, TOOK_TOO_LONG])
      expect(PROBLEMS).toHaveProperty([code], expect.objectContaining({ status }));
  });
});
