import { describe, expect, it } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { z } from 'zod';
import { buildCall } from '../../../test/support/build-call.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { checkAnswer } from './check-answer.ts';

const call = buildCall();
const origin = { provider: 'fixture', operation: 'getThing' };
const check = async (schema: StandardSchemaV1, data: unknown): Promise<unknown> =>
  checkAnswer(schema, { call, data, status: 200 });

const schemaOf = (validate: (data: unknown) => unknown): StandardSchemaV1 =>
  ({ '~standard': { version: 1, vendor: 'fixture', validate } }) as StandardSchemaV1;

/** A promise that is not the platform's own. */
const thenable = <T>(value: T) => ({ then: (resolve: (value: T) => void) => resolve(value) });

const thing = z.object({ id: z.int(), owner: z.object({ email: z.email() }), tags: z.array(z.string()) });

describe('checkAnswer', () => {
  it('names the fields that are wrong, and never their values', async () => {
    const refused = await rejectionOf(
      check(thing, { id: 's3cret', owner: { email: 's3cret' }, tags: ['fine', { s3cret: 1 }] }),
    );
    expect(refused).toBeInstanceOf(UpstreamError);
    expect(refused).toMatchObject({ code: 'upstream_invalid_answer', status: 200, transient: false, ...origin });
    expect(refused).toMatchObject({ reason: 'the answer breaks its schema at id, owner.email, tags.1' });
    expect(String((refused as Error).stack)).not.toContain('s3cret');
  });

  it.each([undefined, null, 'text', [1]])('says that the whole of %j is wrong', async (data) => {
    expect(await rejectionOf(check(thing, data))).toMatchObject({ reason: 'the answer breaks its schema at (root)' });
  });

  it('names no more than five fields', async () => {
    const refused = await rejectionOf(check(z.array(z.string()), [1, 2, 3, 4, 5, 6, 7]));
    expect(refused).toMatchObject({ reason: 'the answer breaks its schema at 0, 1, 2, 3, 4' });
  });

  it.each([
    [
      'throws',
      () => {
        throw new RangeError('s3cret');
      },
    ],
    ['rejects', () => Promise.reject(new RangeError('s3cret'))],
    ['finds so in a promise of another make', () => thenable({ issues: [{ message: 's3cret' }] })],
    ['rejects in one', () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(new RangeError('s')) })],
  ])('counts an answer as wrong when its schema %s', async (_how, validate) => {
    expect(await rejectionOf(check(schemaOf(validate), {}))).toMatchObject({ code: 'upstream_invalid_answer' });
  });

  it('counts an answer as wrong whose nesting has no end', async () => {
    const tree: z.ZodType = z.lazy(() => z.object({ child: tree.optional() }));
    let data = {};
    for (let depth = 0; depth < 20_000; depth += 1) data = { child: data };
    expect(await rejectionOf(check(tree, data))).toMatchObject({ code: 'upstream_invalid_answer' });
  });

  it('reads paths made of objects, as the standard allows', async () => {
    const schema = schemaOf(() => ({ issues: [{ message: 's3cret', path: [{ key: 'a' }, 0, Symbol('b')] }] }));
    expect(await rejectionOf(check(schema, {}))).toMatchObject({
      reason: 'the answer breaks its schema at a.0.Symbol(b)',
    });
  });

  it('gives what the schema makes of the answer', async () => {
    const schema = z.object({ at: z.iso.date().transform((date) => date.slice(0, 4)) });
    expect(await check(schema, { at: '2026-01-31', unread: true })).toEqual({ at: '2026' });
  });

  it.each([
    ['a promise', Promise.resolve({ value: 7 })],
    ['one of another make', thenable({ value: 7 })],
  ])('waits for a schema that takes its time: %s', async (_what, result) => {
    const schema = schemaOf(() => result);
    expect(await check(schema, {})).toBe(7);
  });
});
