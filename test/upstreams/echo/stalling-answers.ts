import type { Answer } from './exchange.ts';
import { writeText } from './write-answer.ts';

/** Answers at `release`. */
export const hang: Answer = async ({ response, gates }) => {
  await gates.held();
  writeText(response, 200, 'released');
};

/** Sends its head at once, and its body at `release`. */
export const hangAfterHead: Answer = async ({ response, gates }) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.flushHeaders();
  await gates.held();
  response.end('released');
};

/** `/break?after=12`: of a body of 1,000 bytes so many, then a reset. */
export const breakOff: Answer = ({ response, query }) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1_000 });
  response.write('.'.repeat(Number(query.get('after') ?? 12)), () => response.destroy());
};

/** Resets the connection instead of an answer. */
export const resetConnection: Answer = ({ response }) => void response.destroy();
