import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../../support/ask.ts';
import { startCi, type CiScene } from './ci-scene.ts';
import { expectRefused } from './expect-refused.ts';

const MARK = 'injected';
const ID = '3c2f0c3e-6d3a-4f0a-9a55-0b1b8c1d2e3f';

let breakwater: CiScene;
beforeAll(async () => {
  breakwater = await startCi();
});
afterAll(() => breakwater.close());

const samples = () => breakwater.semaphore.samples;

describe('in a body', () => {
  const NOT_TEXT: readonly unknown[] = [null, 1, true, [], ['main'], {}, { length: 4 }];
  const UNPRINTABLE = ['', `a\r\nX-Injected: ${MARK}`, 'a\0b', 'a\u202eb', 'a\u2028b', '\ud800', 'a'.repeat(10_240)];

  const run = (more: object): Promise<Answer> =>
    breakwater.post('/workflows', { projectId: samples().projectId, reference: 'refs/heads/main', ...more });

  it.each([...NOT_TEXT, ...UNPRINTABLE])('%j is nothing a workflow could be started with', async (value) => {
    for (const field of ['projectId', 'reference', 'commitSha', 'pipelineFile'])
      await expectRefused(breakwater, run({ [field]: value }), field);
  });

  it.each([
    ['reference', 'refs/heads/../main'],
    ['reference', 'refs%2Fheads%2Fmain'],
    ['reference', 'a\\b'],
    ['reference', 'two words'],
    ['reference', 'a'.repeat(256)],
    ['commitSha', 'abcdef'],
    ['commitSha', 'g'.repeat(7)],
    ['commitSha', 'a'.repeat(65)],
    ['commitSha', '../../admin'],
    ['pipelineFile', '/etc/passwd'],
    ['pipelineFile', '../secret.yml'],
    ['pipelineFile', '.semaphore/../../secret.yml'],
    ['pipelineFile', '.semaphore/..'],
    ['pipelineFile', '..'],
    ['pipelineFile', 'a//b.yml'],
    ['pipelineFile', 'a/'],
    ['pipelineFile', 'a\\b.yml'],
    ['pipelineFile', 'a b.yml'],
    ['pipelineFile', 'a'.repeat(256)],
    ['projectId', `${ID}/..`],
    ['projectId', '..'],
    ['admin', true],
    ['request_token', ID],
  ])('%s is not %j', (field, value) => expectRefused(breakwater, run({ [field]: value }), field));

  it.each([
    ['null', null],
    ['text', 'A=1'],
    ['a list', [['A', '1']]],
    ['a number', 1],
    ['51 of them', Object.fromEntries(Array.from({ length: 51 }, (_item, index) => [`P${index}`, '']))],
    ['a number as value', { A: 1 }],
    ['null as value', { A: null }],
    ['an object as value', { A: { B: '1' } }],
    ['a value that is too long', { A: 'a'.repeat(4_097) }],
    ['a value with a NUL', { A: 'a\0b' }],
    ['a value that is no Unicode', { A: '\ud800' }],
    ['an empty name', { '': '1' }],
    ['a name that begins with a digit', { '1A': '1' }],
    ['a name with a line break', { 'A\nB': '1' }],
    ['a name with an equals sign', { 'A=B': '1' }],
    ['a name with a dash', { 'A-B': '1' }],
    ['a name that is too long', { ['A'.repeat(65)]: '1' }],
  ])('parameters are not %s', (_what, parameters) => expectRefused(breakwater, run({ parameters }), 'parameters'));

  it('parameters are at most 50, with names of 64 and values of 4,096 characters', async () => {
    const most = Object.fromEntries(
      Array.from({ length: 50 }, (_item, index) => [`P${index}`.padEnd(64, '_'), 'a'.repeat(4_096)]),
    );
    expect((await run({ parameters: most })).status).toBe(202);
  });

  it.each([...NOT_TEXT, ...UNPRINTABLE, '   ', 'a'.repeat(256)])('%j is no promotion', (name) =>
    expectRefused(breakwater, breakwater.post(`/pipelines/${samples().pipelineId}/promotions`, { name }), 'name'),
  );

  it.each([null, 'true', 1, {}, []])('%j is neither an override nor none', (override) =>
    expectRefused(
      breakwater,
      breakwater.post(`/pipelines/${samples().pipelineId}/promotions`, { name: 'Production', override }),
      'override',
    ),
  );

  it.each([undefined, [], 'text', [{ reference: 'main' }]])('%j is no workflow to start', (body) =>
    expectRefused(breakwater, breakwater.post('/workflows', body)),
  );
});
