import { PROBLEM_TYPE } from './send-problem.ts';
import { toProblem, type ProblemParts } from './to-problem.ts';

interface WrittenProblem {
  readonly head: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A problem for where there is no request to speak of: its headers and its body. */
export const writeProblem = (parts: ProblemParts, requestId: string): WrittenProblem => {
  const body = JSON.stringify(toProblem(parts, { url: '', requestId }));
  const length = String(Buffer.byteLength(body));
  return { head: { 'content-type': PROBLEM_TYPE, 'content-length': length, 'x-request-id': requestId }, body };
};
