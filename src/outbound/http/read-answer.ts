import { isThenable } from '../../platform/is-thenable.ts';
import type { Call, Reply, Send, Stage } from './call.ts';

/** Judges and reads the answer once all attempts are over: inside the receipt, so that it tells how the call really ended. */
export const readAnswer = (): Stage => (next) => (call) => (call.read ? readOf(next, call, call.read) : next(call));

const readOf = async (next: Send, call: Call, read: NonNullable<Call['read']>): Promise<Reply> => {
  const reply = await next(call);
  if ('value' in reply) return reply;
  const value = read(reply);
  return { ...reply, value: isThenable(value) ? await value : value };
};
