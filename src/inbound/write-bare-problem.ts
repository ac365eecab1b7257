import { STATUS_CODES } from 'node:http';
import type { ProblemParts } from './problems/to-problem.ts';
import { writeProblem } from './problems/write-problem.ts';

/** A whole answer, for a socket that no response belongs to. The connection ends with it. */
export const writeBareProblem = (
  parts: ProblemParts,
  requestId: string,
  more: Readonly<Record<string, string>> = {},
): string => {
  const { head, body } = writeProblem(parts, requestId);
  const lines = [
    `HTTP/1.1 ${parts.status} ${STATUS_CODES[parts.status]}`,
    ...Object.entries({ ...head, ...more }).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
};
