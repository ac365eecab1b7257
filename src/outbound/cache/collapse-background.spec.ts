import { describe, expect, it } from '@jest/globals';
import { buildReply } from '../../../test/support/build-call.ts';
import { collapsing } from '../../../test/support/collapsing.ts';
import type { Reply } from '../http/call.ts';

const FRESH = buildReply(200, { 'cache-control': 's-maxage=60' }, 'fresh');
const BEHIND = { isBackground: true };

const outcomesOf = async (begun: readonly Promise<Reply>[]): Promise<boolean[]> =>
  (await Promise.all(begun)).map(({ cache }) => cache?.collapsed ?? false);

describe('collapse, of what nobody waits for', () => {
  it('makes one call of many', async () => {
    const { upstream, begin } = collapsing();
    const begun = await begin(BEHIND, BEHIND, BEHIND);
    await upstream.answer(FRESH);
    expect([await outcomesOf(begun), upstream.calls.length]).toEqual([[false, true, true], 1]);
  });

  it('lets it wait for what is under way for a caller', async () => {
    const { upstream, begin } = collapsing();
    const begun = await begin({}, BEHIND);
    await upstream.answer(FRESH);
    expect([await outcomesOf(begun), upstream.calls.length]).toEqual([[false, true], 1]);
  });

  it('lets no caller wait for it, as it may have to wait for its share: callers make one call of their own', async () => {
    const { upstream, begin } = collapsing();
    const begun = await begin(BEHIND, {}, {}, BEHIND);
    expect(upstream.calls.map(({ isBackground }) => isBackground)).toEqual([true, undefined]);
    await upstream.answer(FRESH);
    await upstream.answer(FRESH);
    expect(await outcomesOf(begun)).toEqual([false, false, true, true]);
  });
});
