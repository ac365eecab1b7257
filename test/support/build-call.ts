import type { Call, Reply } from '../../src/outbound/http/call.ts';
import type { HeaderMap } from '../../src/outbound/http/header-map.ts';
import { Operation, type OperationOptions } from '../../src/outbound/http/operation.ts';
import { ProviderOptions } from '../../src/outbound/provider-options.ts';
import type { CallReceipt } from '../../src/outbound/telemetry/call-receipt.ts';

/** A call's parts, where a test cares about them; `operation` is what `defineProvider` would be told. */
export interface CallParts extends Partial<Omit<Call, 'operation'>> {
  readonly operation?: OperationOptions;
}

/** All options as a provider gets them that says nothing else. */
export const buildOptions = (own: Partial<ProviderOptions> = {}): ProviderOptions =>
  Object.assign(new ProviderOptions(), own);

/** `GET /things/1` of a provider named `fixture`, begun at time 0, with no deadline but its operation's. */
export const buildCall = ({ operation: declared = {}, method = 'GET', ...parts }: CallParts = {}): Call => {
  const template = '/things/{}';
  const operation = new Operation({ method, name: 'getThing', template, declared, defaults: buildOptions() });
  return {
    provider: 'fixture',
    operation,
    method,
    origin: 'http://upstream.example',
    path: '/things/1',
    headers: {},
    body: null,
    deadlineAt: Infinity,
    signal: new AbortController().signal,
    receipt: buildReceipt({ method }),
    ...parts,
  };
};

export const buildReceipt = (parts: Partial<CallReceipt> = {}): CallReceipt => ({
  provider: 'fixture',
  operation: 'getThing',
  method: 'GET',
  template: '/things/{}',
  requestId: undefined,
  traceId: undefined,
  startedAt: 0,
  attempts: [],
  backoffsMs: [],
  decisions: [],
  isBackground: false,
  durationMs: 0,
  outcome: 'answered',
  ...parts,
});

export const buildReply = (status = 200, headers: HeaderMap = {}, body: string | Buffer = ''): Reply => ({
  status,
  headers,
  body: Buffer.from(body),
});
