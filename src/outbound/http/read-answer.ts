import type { Stage } from './call.ts';

/** Judges and reads the answer once all attempts are over: inside the receipt, so that it tells how the call really ended. */
export const readAnswer = (): Stage => (next) => async (call) => {
  const reply = await next(call);
  if (!call.read || 'value' in reply) return reply;
  return { ...reply, value: await call.read(reply) };
};
