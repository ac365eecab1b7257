import { describe, expect, it } from '@jest/globals';
import { buildReceipt } from '../../../test/support/build-call.ts';
import { CallReceipts } from '../../outbound/index.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import { CallsOfRequests } from './calls-of-requests.ts';

const contextOf = (requestId: string): RequestContext => new RequestContext(requestId, undefined, Infinity);

const open = () => {
  const receipts = new CallReceipts();
  return { receipts, calls: new CallsOfRequests(receipts) };
};

describe('CallsOfRequests', () => {
  it('knows of none before there are any, and of none that belong to no request', () => {
    const { receipts, calls } = open();
    receipts.publish(buildReceipt());
    expect(calls.of(contextOf('a'))).toEqual([]);
  });

  it('keeps those of one request apart from those of another, by more than their ids', () => {
    const { receipts, calls } = open();
    const [one, same] = [contextOf('a'), contextOf('a')];
    const made = [buildReceipt({ operation: 'first' }), buildReceipt({ operation: 'second' })];
    for (const receipt of made) runInContext(one, () => receipts.publish(receipt));
    expect(calls.of(one)).toEqual(made);
    expect(calls.of(same)).toEqual([]);
  });

  it('keeps the first 50 of a request', () => {
    const { receipts, calls } = open();
    const context = contextOf('a');
    const made = Array.from({ length: 60 }, (_, at) => buildReceipt({ startedAt: at }));
    runInContext(context, () => made.forEach((receipt) => receipts.publish(receipt)));
    expect(calls.of(context).map(({ startedAt }) => startedAt)).toEqual(Array.from({ length: 50 }, (_, at) => at));
  });

  it('has room for those that did not end well, in the place of the last that did', () => {
    const { receipts, calls } = open();
    const context = contextOf('a');
    const made = Array.from({ length: 60 }, (_, at) =>
      buildReceipt({ startedAt: at, outcome: at === 3 || at > 57 ? 'upstream_failed' : 'answered' }),
    );
    runInContext(context, () => made.forEach((receipt) => receipts.publish(receipt)));
    const kept = [...Array.from({ length: 48 }, (_, at) => at), 58, 59];
    expect(calls.of(context).map(({ startedAt }) => startedAt)).toEqual(kept);
  });

  it('tells how it ended when none of 50 ended well', () => {
    const { receipts, calls } = open();
    const context = contextOf('a');
    const made = Array.from({ length: 60 }, (_, at) => buildReceipt({ startedAt: at, outcome: 'upstream_failed' }));
    runInContext(context, () => made.forEach((receipt) => receipts.publish(receipt)));
    expect(calls.of(context)).toHaveLength(50);
    expect(calls.of(context).at(-1)).toBe(made.at(-1));
  });
});
