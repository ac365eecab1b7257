import { UpstreamError, type UpstreamErrorCode } from '../../src/outbound/index.ts';
import type { CallRecord } from '../../src/jobs/call-record.ts';
import type { DeclaredOperation } from '../../src/jobs/operations.ts';
import { buildBackground, buildOperation, submitOne, type Background } from './background-rig.ts';

export type Run = DeclaredOperation['run'];

export interface StartedCall {
  readonly background: Background;
  readonly call: CallRecord;
}

/** A process that works on `test.do`, and one call of it, just submitted. */
export const startCall = async (operation: Partial<DeclaredOperation>): Promise<StartedCall> => {
  const background = buildBackground([buildOperation(operation)]);
  await background.worker.start();
  return { background, call: await submitOne(background) };
};

/** The call as it is kept now. */
export const readCall = async ({ background, call }: StartedCall): Promise<CallRecord> => {
  const kept = await background.background.find(call.id);
  if (!kept) throw new Error('The call is not kept any more');
  return kept;
};

export const buildFailure = (code: UpstreamErrorCode, facts: object = {}): UpstreamError =>
  new UpstreamError({ code, provider: 'ci', operation: 'run', reason: 'it failed', ...facts });

/** A method that goes on until it is aborted, and ends with what `end` makes of that. Default: it fails with the reason. */
export const untilAborted =
  (end?: () => unknown): Run =>
  (_input, { signal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        const ending = end ? end() : signal.reason;
        if (ending instanceof Error) reject(ending);
        else resolve(ending);
      });
    });

/** A method that does not heed its signal. */
export const deaf: Run = () => new Promise(() => undefined);
