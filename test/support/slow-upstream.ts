import type { Call, Reply, Send } from '../../src/outbound/http/call.ts';
import { settled } from './fake-clock.ts';
import { scripted } from './scripted-send.ts';

/** An upstream that answers when the test says so, in the order it was asked. */
export interface SlowUpstream {
  readonly send: Send;
  /** What arrived, in order. */
  readonly calls: readonly Call[];
  /** Ends the call that has waited longest; does nothing when none waits. */
  readonly answer: (outcome: Reply | Error) => Promise<void>;
  /** Ends all that wait now, in the same way; those that follow from it wait on. */
  readonly answerAll: (outcome: Reply | Error) => Promise<void>;
}

export const slowUpstream = (): SlowUpstream => {
  const waiting: PromiseWithResolvers<Reply>[] = [];
  const { send, calls } = scripted(() => {
    const reply = Promise.withResolvers<Reply>();
    waiting.push(reply);
    return reply.promise;
  });
  const answerFirst = async (count: number, outcome: Reply | Error): Promise<void> => {
    for (const { resolve, reject } of waiting.splice(0, count)) {
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
    await settled();
  };
  return {
    send,
    calls,
    answer: (outcome) => answerFirst(1, outcome),
    answerAll: (outcome) => answerFirst(Infinity, outcome),
  };
};
