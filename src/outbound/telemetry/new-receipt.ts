import { currentContext } from '../../platform/context/request-context.ts';
import type { CallReceipt } from './call-receipt.ts';
import { readLoggedQuery } from './logged-query.ts';

interface Begun {
  readonly provider: string;
  readonly operation: {
    readonly name: string;
    readonly template: string;
    readonly loggedQuery?: readonly string[] | undefined;
  };
  readonly method: string;
  /** Path and query, encoded; without one no value of the query is told. */
  readonly path?: string;
}

/** The receipt of a call that begins now, to be filled in as it goes. */
export const newReceipt = (begun: Begun, startedAt: number): CallReceipt => {
  const query = queryOf(begun);
  const receipt = emptyReceipt(begun, startedAt);
  return query === undefined ? receipt : { ...receipt, query };
};

const queryOf = ({ operation: { loggedQuery }, path }: Begun): CallReceipt['query'] =>
  loggedQuery === undefined || path === undefined ? undefined : readLoggedQuery(path, loggedQuery);

const emptyReceipt = ({ provider, operation, method }: Begun, startedAt: number): CallReceipt => {
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
