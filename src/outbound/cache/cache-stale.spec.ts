import { beforeEach, describe, expect, it } from '@jest/globals';
import { askStale } from '../../../test/support/ask-stale.ts';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { collapsingSend } from '../../../test/support/cached-send.ts';
import { elapse } from '../../../test/support/elapse.ts';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { rejectionOf } from '../../../test/support/rejection-of.ts';
import { failure, hanging, scripted, type ScriptedSend } from '../../../test/support/scripted-send.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Reply, Send } from '../http/call.ts';

const GOOD = buildReply(200, { 'cache-control': 'max-age=60, stale-if-error=600' }, 'good');
let clock: FakeClock;

beforeEach(() => void (clock = new FakeClock()));

const stored = (script: ScriptedSend): Send => collapsingSend(clock, script);

const read = ({ body }: Reply): void => {
  if (body.toString() === 'broken') throw failure({ code: 'upstream_invalid_answer', status: 200 });
};

const textOf = ({ status, body }: Reply): string => `${status} ${body.toString()}`;
const STALE_IF_ERROR = { fwd: 'stale', ttlMs: -1_000, detail: 'stale-if-error' };

describe('cache, when no proper answer comes', () => {
  it.each([429, 500, 502, 503, 504])('serves what is stale instead of a %i, and says so', async (status) => {
    const send = stored(scripted(GOOD, buildReply(status)));
    const answer = await askStale(clock, send);
    expect([textOf(answer), answer.cache]).toEqual(['200 good', { ...STALE_IF_ERROR, fwdStatus: status }]);
    expect(answer.headers['age']).toBe('61');
  });

  it.each([400, 403, 404, 408, 501])('passes a %i on: it is an answer', async (status) => {
    expect((await askStale(clock, stored(scripted(GOOD, buildReply(status))))).status).toBe(status);
  });

  it.each<[string, Error]>([
    ['a failure', failure()],
    ['an open circuit', failure({ code: 'circuit_open' })],
    ['an answer that is of no use', failure({ code: 'upstream_invalid_answer', status: 200 })],
  ])('serves what is stale instead of %s', async (_what, error) => {
    const send = stored(scripted(GOOD, error));
    const call = buildCall();
    await askStale(clock, send);
    const answer = await send(call);
    expect([textOf(answer), answer.cache]).toEqual(['200 good', expect.objectContaining(STALE_IF_ERROR)]);
    expect(call.receipt.decisions).toEqual([expect.stringContaining('served stale')]);
  });

  it.each([500, 502, 503, 504])('goes on serving it while %i is all that comes', async (status) => {
    const send = stored(scripted(GOOD, buildReply(status)));
    const served = [await askStale(clock, send), await send(buildCall()), await send(buildCall())];
    expect(served.map(textOf)).toEqual(['200 good', '200 good', '200 good']);
  });

  it('goes on serving it while it is told to come less often', async () => {
    const send = stored(scripted(GOOD, buildReply(429)));
    const served = [await askStale(clock, send), await send(buildCall()), await send(buildCall())];
    expect(served.map(textOf)).toEqual(['200 good', '200 good', '200 good']);
  });

  it('goes on serving it instead of an error that says it may be kept', async () => {
    const send = stored(
      scripted(GOOD, buildReply(503, { 'cache-control': 'max-age=600' }), buildReply(200, {}, 'mended')),
    );
    expect([await askStale(clock, send), await send(buildCall())].map(textOf)).toEqual(['200 good', '200 mended']);
  });

  it('serves it for as long as was allowed, and no longer', async () => {
    const send = stored(scripted(GOOD, buildReply(503)));
    await send(buildCall());
    await clock.advance(659_999);
    expect(textOf(await send(buildCall()))).toBe('200 good');
    await clock.advance(1);
    expect(textOf(await send(buildCall()))).toBe('503 ');
  });

  it.each(['no-cache', 'NO-CACHE, foo'])('gives the error to a caller that said %s', async (said) => {
    const send = stored(scripted(GOOD, buildReply(503), failure()));
    const headers = { 'cache-control': said };
    expect((await askStale(clock, send, { headers })).status).toBe(503);
    expect(await rejectionOf(send(buildCall({ headers })))).toMatchObject({ code: 'upstream_unreachable' });
  });

  it('serves none where the upstream wants every use validated', async () => {
    const strict = buildReply(200, { 'cache-control': 'max-age=60, stale-if-error=600, must-revalidate', etag: '"a"' });
    expect((await askStale(clock, stored(scripted(strict, buildReply(503))))).status).toBe(503);
  });

  it('serves it to a caller whose own time is over, and nothing to one that has gone', async () => {
    const send = stored(scripted(GOOD, hanging));
    await send(buildCall());
    await clock.advance(61_000);
    const [controller, gone] = [new AbortController(), new CallerGone()];
    const hasty = send(buildCall({ deadlineAt: clock.now() + 100 }));
    const ended = rejectionOf(send(buildCall({ signal: controller.signal })));
    await elapse(clock, 100);
    controller.abort(gone);
    expect([textOf(await hasty), await ended]).toEqual(['200 good', gone]);
  });

  it('does not hide a mistake of our own', async () => {
    const mistake = new TypeError('ours');
    expect(await rejectionOf(askStale(clock, stored(scripted(GOOD, mistake))))).toBe(mistake);
  });

  it('never keeps what cannot be read, and serves what it had', async () => {
    const broken = buildReply(200, { 'cache-control': 'max-age=60' }, 'broken');
    const send = stored(scripted(GOOD, broken, broken, buildReply(200, { 'cache-control': 'max-age=60' }, 'mended')));
    const answers = [
      await askStale(clock, send, { read }),
      await send(buildCall({ read })),
      await send(buildCall({ read })),
    ];
    expect(answers.map(textOf)).toEqual(['200 good', '200 good', '200 mended']);
    expect(answers[0]?.cache).toEqual({ ...STALE_IF_ERROR, fwdStatus: 200 });
  });

  it('serves what it had instead of what can be neither read nor kept, such as a page about maintenance', async () => {
    const page = buildReply(200, { 'cache-control': 'no-store' }, 'broken');
    const send = stored(scripted(GOOD, page));
    const read = ({ body }: Reply): void => {
      if (body.toString() === 'broken') throw failure({ code: 'upstream_invalid_answer', status: 200 });
    };
    const answers = [await askStale(clock, send, { read }), await send(buildCall({ read }))];
    expect(answers.map(textOf)).toEqual(['200 good', '200 good']);
  });
});
