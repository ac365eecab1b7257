import { beforeEach, describe, expect, it } from '@jest/globals';
import { buildEntry } from '../../../test/support/build-entry.ts';
import { buildCall, buildReply, type CallParts } from '../../../test/support/build-call.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, scripted } from '../../../test/support/scripted-send.ts';
import type { SourceFreshness } from '../../platform/context/answer-freshness.ts';
import { RequestContext, runInContext } from '../../platform/context/request-context.ts';
import type { Reply } from '../http/call.ts';
import { reportFreshness } from './report-freshness.ts';

const NOT_TO_BE_KEPT = {
  storable: false,
  isPrivate: false,
  ageMs: 0,
  lifetimeMs: 0,
  browserLifetimeMs: 0,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
};
let context: RequestContext;

beforeEach(() => void (context = new RequestContext('request-1', undefined, Infinity)));

/** What the request is told of calls that end so. */
const sourcesOf = async (outcome: Reply | Error, parts: CallParts = {}): Promise<readonly SourceFreshness[]> => {
  const clock = new FakeClock();
  await clock.advance(10_000);
  const send = reportFreshness(clock)(scripted(outcome).send);
  await runInContext(context, () => send(buildCall(parts)).catch(() => undefined));
  return context.freshness.sources;
};

describe('reportFreshness', () => {
  it('tells the request what an answer that is stored allows, and how old it is', async () => {
    const freshness = { lifetimeMs: 9, browserLifetimeMs: 8, staleWhileRevalidateMs: 7, staleIfErrorMs: 6 };
    const stored = buildEntry({ initialAgeMs: 500, freshness: { ...freshness, mayServeStale: true } });
    expect(await sourcesOf({ ...buildReply(), stored, cache: { ttlMs: -10_491 } })).toEqual([
      { ...freshness, cacheStatus: 'fixture; hit; ttl=-11', storable: true, isPrivate: false, ageMs: 10_500 },
    ]);
  });

  it.each<[string, Reply, string]>([
    ['is not stored', { ...buildReply(), cache: { fwd: 'uri-miss' } }, 'fixture; fwd=uri-miss'],
    ['the cache never saw', buildReply(), 'fixture; fwd=bypass'],
    ['is an error', { ...buildReply(503), cache: { fwd: 'stale' } }, 'fixture; fwd=stale'],
  ])('tells it that an answer is not to be kept which %s', async (_what, reply, cacheStatus) => {
    expect(await sourcesOf(reply)).toEqual([{ ...NOT_TO_BE_KEPT, cacheStatus }]);
  });

  it.each([failure(), new TypeError('ours')])('tells it that something is missing, after %s', async (error) => {
    expect(await sourcesOf(error)).toEqual([{ ...NOT_TO_BE_KEPT, cacheStatus: 'fixture; fwd=miss' }]);
  });

  it.each([
    [true, 'caller', buildReply()],
    [false, 'service', buildReply()],
    [true, 'caller', failure()],
    [true, 'caller', { ...buildReply(), stored: buildEntry() }],
  ])('tells it whether that is private: %s for the credential of a %s', async (isCaller, id, outcome) => {
    expect(await sourcesOf(outcome, { principal: { id, isCaller } })).toMatchObject([{ isPrivate: isCaller }]);
  });

  it('passes answers and failures on as they are', async () => {
    const [reply, error] = [buildReply(), failure()];
    const send = reportFreshness(new FakeClock())(scripted(reply, error).send);
    expect(await send(buildCall())).toBe(reply);
    expect(await rejectionOf(send(buildCall()))).toBe(error);
    expect(context.freshness.sources).toEqual([]);
  });

  it('tells it of every call that was made for it, in order', async () => {
    await sourcesOf({ ...buildReply(), cache: { fwd: 'method' } });
    expect((await sourcesOf(failure())).map(({ cacheStatus }) => cacheStatus)).toEqual([
      'fixture; fwd=method',
      'fixture; fwd=miss',
    ]);
  });
});
