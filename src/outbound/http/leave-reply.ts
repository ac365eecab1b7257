import type { Ending, Reply } from './call.ts';

const NOT_WANTED = new Error('The answer is not wanted any more');

/** Frees the connection of an answer that nobody will read. */
export const leaveReply = ({ rest, tunnel }: Reply): void => {
  rest?.leave(NOT_WANTED);
  tunnel?.destroy();
};

/** The same of an attempt that may have ended without one. */
export const leaveEnding = (ending: Ending): void => {
  if ('reply' in ending) leaveReply(ending.reply);
};
