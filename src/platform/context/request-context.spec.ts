import { describe, expect, it } from '@jest/globals';
import { CallerGone } from './caller-gone.ts';
import { currentContext, RequestContext, runInContext } from './request-context.ts';

const contextOf = (requestId: string): RequestContext => new RequestContext(requestId, undefined, 1_000);

describe('RequestContext', () => {
  it('does once what was to be done when the request is over, also when that is told too late', () => {
    const context = contextOf('a');
    const done: string[] = [];
    context.whenOver(() => done.push('before'));
    expect(done).toEqual([]);
    context.end();
    context.end();
    context.whenOver(() => done.push('after'));
    expect(done).toEqual(['before', 'after']);
  });

  it('never moves its deadline further away', () => {
    const context = contextOf('a');
    context.shortenDeadline(2_000);
    expect(context.deadlineAt).toBe(1_000);
    context.shortenDeadline(300);
    expect(context.deadlineAt).toBe(300);
  });

  it.each(['before', 'after'])('aborts a signal that was asked for %s the abort', (when) => {
    const context = contextOf('a');
    const reason = new CallerGone();
    const early = when === 'before' ? context.signal : undefined;
    context.abort(reason);
    expect((early ?? context.signal).reason).toBe(reason);
  });

  it('belongs to one trace for as long as it lives', () => {
    const context = contextOf('a');
    expect(context.trace).toBe(context.trace);
  });

  it('is found by all that a request starts, and by nothing else', async () => {
    const find = async () => {
      await new Promise(setImmediate);
      return currentContext()?.requestId;
    };
    const found = await Promise.all([runInContext(contextOf('a'), find), find(), runInContext(contextOf('b'), find)]);
    expect(found).toEqual(['a', undefined, 'b']);
  });
});
