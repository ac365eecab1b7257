import { currentContext } from '../../platform/context/request-context.ts';
import type { CallReceipt } from './call-receipt.ts';

interface Begun {
  readonly provider: string;
  readonly operation: { readonly name: string; readonly template: string };
  readonly method: string;
}

/** The receipt of a call that begins now, to be filled in as it goes. */
export const newReceipt = ({ provider, operation, method }: Begun, startedAt: number): CallReceipt => {
  const context = currentContext();
  return {
    provider,
    operation: operation.name,
    method,
    template: operation.template,
    requestId: context?.requestId,
    traceId: context?.trace.traceId,
    trace: context?.trace,
    isBackground: context?.isBackground ?? false,
    startedAt,
    attempts: [],
    backoffsMs: [],
    decisions: [],
    durationMs: 0,
    outcome: 'answered',
  };
};
