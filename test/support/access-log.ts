import { expect } from '@jest/globals';
import type { TestApp } from './create-app.ts';
import { eventually } from './eventually.ts';

/** What the access log says of one request. */
export interface AccessLine {
  readonly requestId: string;
  readonly traceId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly upstreamMs: number;
  readonly upstreamCalls: number;
  readonly failure?: { readonly code: string; readonly reason: string; readonly provider?: string };
}

/** The access log's lines of one request so far. */
export const accessLines = ({ logLines }: Pick<TestApp, 'logLines'>, requestId: string): AccessLine[] =>
  logLines
    .map((line) => JSON.parse(line) as AccessLine & { msg: string })
    .filter((line) => line.msg === 'request' && line.requestId === requestId);

/** The one line of a request; it may come later than the answer. */
export const accessLineOf = async (app: Pick<TestApp, 'logLines'>, requestId: string): Promise<AccessLine> => {
  await eventually(() => expect(accessLines(app, requestId).length).toBe(1));
  return accessLines(app, requestId)[0]!;
};
