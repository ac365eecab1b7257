import { describe, expect, it } from '@jest/globals';
import { buildCall, buildReply } from '../../../test/support/build-call.ts';
import { scripted } from '../../../test/support/scripted-send.ts';
import { compose, type Stage } from './call.ts';

describe('compose', () => {
  it('makes the first stage the outermost', async () => {
    const trail: string[] = [];
    const named =
      (name: string): Stage =>
      (next) =>
      async (call) => {
        trail.push(`${name} in`);
        const reply = await next(call);
        trail.push(`${name} out`);
        return reply;
      };
    await compose([named('a'), named('b')], scripted(buildReply()).send)(buildCall());
    expect(trail).toEqual(['a in', 'b in', 'b out', 'a out']);
  });

  it('is the transport itself without stages', () => {
    const { send } = scripted(buildReply());
    expect(compose([], send)).toBe(send);
  });
});
