import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { buildCall } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { ContractWatch } from '../contract/contract-watch.ts';
import type { ContractMode } from '../contract/contract-finding.ts';
import { checkAnswer, type Answer } from './check-answer.ts';

const schema = z.object({ id: z.number(), at: z.string().default('never') });
const broken = { id: 'text', kept: true };

let watch: ContractWatch;
beforeEach(() => void (watch = new ContractWatch({ name: 'fixture', clock: new FakeClock() })));

const check = async (contract: ContractMode, data: unknown, more: Partial<Answer> = {}): Promise<unknown> =>
  checkAnswer(schema, { call: buildCall({ operation: { contract } }), data, status: 200, watch, ...more });

const FOUND = [expect.objectContaining({ operation: 'getThing', path: 'id', kind: 'retyped', to: 'string', count: 1 })];

describe('checkAnswer, of an answer that breaks its schema', () => {
  it('fails and tells where that is enforced', async () => {
    expect(await rejectionOf(check('enforce', broken))).toMatchObject({ code: 'upstream_invalid_answer' });
    expect(watch.findings).toEqual(FOUND);
  });

  it('gives it as it came and tells where that is reported', async () => {
    expect(await check('report', broken)).toBe(broken);
    expect(watch.findings).toEqual(FOUND);
  });

  it('gives it as it came and tells nobody where that is off', async () => {
    expect(await check('off', broken)).toBe(broken);
    expect(watch.findings).toEqual([]);
  });

  it('tells of it once, however often it is read', async () => {
    await check('report', broken);
    await check('report', broken, { watch: undefined });
    expect(watch.findings).toEqual(FOUND);
  });

  it.each(['report', 'off'] as const)(
    'fails for a whole answer in mode %s, too: nobody else could read that',
    async (mode) => {
      const whole = { status: 200, headers: {}, body: { items: [] } };
      expect(await rejectionOf(check(mode, whole, { isWhole: true }))).toMatchObject({
        code: 'upstream_invalid_answer',
      });
    },
  );

  it.each(['enforce', 'report', 'off'] as const)(
    'gives what the schema makes of a sound one in mode %s',
    async (mode) => {
      expect(await check(mode, { id: 1, kept: true })).toEqual({ id: 1, at: 'never' });
    },
  );
});

it('paths of a whole answer are those of its body', async () => {
  const ofWhole = z.object({ body: z.object({ items: z.array(z.object({ id: z.number() })) }) });
  const data = { status: 200, headers: {}, body: { items: [{ id: 'x' }] } };
  expect(() => checkAnswer(ofWhole, { call: buildCall(), data, status: 200, watch, isWhole: true })).toThrow();
  expect(watch.findings).toMatchObject([{ path: 'items[].id', kind: 'retyped' }]);
});
