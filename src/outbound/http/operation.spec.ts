import { describe, expect, it } from '@jest/globals';
import { buildOptions } from '../../../test/support/build-call.ts';
import { Operation, type OperationOptions } from './operation.ts';

const defaults = buildOptions({ callDeadlineMs: 7_000, attemptTimeoutMs: 600, maxAttempts: 2, maxResponseBytes: 50 });
const operationOf = (method: string, declared: OperationOptions = {}, name?: string): Operation =>
  new Operation({ method, template: '/things/{}', name, declared, defaults });

describe('Operation', () => {
  it('refuses to be called by another method than it was declared for', () => {
    const create = (): Operation => operationOf('GET', { method: 'POST' }, 'createThing');
    expect(create).toThrow(new TypeError('Operation createThing is declared as POST, but called as GET'));
    expect(operationOf('POST', { method: 'POST' }).name).toBe('POST /things/{}');
  });

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['OPTIONS', true],
    ['TRACE', true],
    ['PUT', true],
    ['DELETE', true],
    ['POST', false],
    ['PATCH', false],
    ['CONNECT', false],
    ['get', false],
    ['PROPFIND', false],
  ])('takes %s for idempotent: %s', (method, expected) => expect(operationOf(method).idempotent).toBe(expected));

  it('believes its declaration more than its method', () => {
    expect([
      operationOf('POST', { idempotent: true }).idempotent,
      operationOf('GET', { idempotent: false }).idempotent,
    ]).toEqual([true, false]);
  });

  it('takes from its provider what it does not say itself', () => {
    expect(operationOf('GET', { attemptTimeoutMs: 300 })).toMatchObject({
      callDeadlineMs: 7_000,
      attemptTimeoutMs: 300,
      maxAttempts: 2,
      maxResponseBytes: 50,
      idempotencyKey: false,
    });
  });

  it('is named by its declaration, or by method and template', () => {
    expect([operationOf('GET', {}, 'getThing').name, operationOf('GET').name]).toEqual(['getThing', 'GET /things/{}']);
  });
});
