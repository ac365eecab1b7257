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

  it.each<[string, OperationOptions, boolean]>([
    ['GET', {}, true],
    ['HEAD', {}, true],
    ['GET', { hedge: 'off' }, false],
    ['POST', {}, false],
    ['PUT', {}, false],
    ['POST', { idempotent: true }, false],
    ['POST', { hedge: 'on' }, false],
    ['POST', { idempotent: true, hedge: 'on' }, true],
  ])('of a provider that is hedged, %s declared as %j is, too: %s', (method, declared, expected) => {
    const hedged = buildOptions({ hedge: 'on', hedgeAfterMs: 70 });
    const operation = new Operation({ method, template: '/', name: 'it', declared, defaults: hedged });
    expect(operation.hedging?.afterMs).toBe(expected ? 70 : undefined);
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
