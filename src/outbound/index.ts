export { CacheInvalidation } from './cache/cache-invalidation.ts';
export { callersToken } from './credentials/callers-token.ts';
export { clientCredentials, ClientCredentialsOptions } from './credentials/client-credentials.ts';
export type { Principal } from './credentials/principal.ts';
export { staticToken, StaticTokenOptions } from './credentials/static-token.ts';
export { TokenIssuer, type IssuedToken, type TokenRequest } from './credentials/token-issuer.ts';
export type { ContractFinding } from './contract/contract-finding.ts';
export { ContractReports, type ContractReport } from './contract/contract-reports.ts';
export { defineProvider, type ProviderDefinition } from './define-provider.ts';
export type { Endpoint } from './endpoints/endpoint.ts';
export { Endpoints, type Chosen, type EndpointStatus, type Lease } from './endpoints/endpoints.ts';
export { toRetryAfterMs } from './errors/retry-after.ts';
export { isAbsent, UpstreamError, type UpstreamErrorCode } from './errors/upstream-error.ts';
export { ApiClient, type CallOptions } from './http/api-client.ts';
export { askForJson } from './http/ask-for-json.ts';
export type { Reply } from './http/call.ts';
export type { HeaderMap } from './http/header-map.ts';
export { isIdempotentMethod, type Operation } from './http/operation.ts';
export { leaveReply } from './http/leave-reply.ts';
export { ReplyStream, type ReplySink } from './http/reply-stream.ts';
export type { RelayedRequest } from './http/relayed-request.ts';
export { toCacheStatus } from './cache/cache-outcome.ts';
export { path, Path } from './http/path.ts';
export type { WholeAnswer } from './http/whole-answer.ts';
export {
  BACKGROUND_OPERATION,
  BackgroundOperation,
  type BackgroundAttempt,
  type BackgroundMethod,
  type BackgroundOperationOptions,
  type CallOwner,
} from './background-operation.ts';
export type { OperationOptions } from './http/operation.ts';
export { reachOf, type Network } from './egress/reach.ts';
export { Resolver } from './egress/resolver.ts';
export { ProviderOptions } from './provider-options.ts';
export { OutboundModule } from './outbound.module.ts';
export { ProviderRegistry } from './provider-registry.ts';
export type { Provider } from './provider.ts';
export type { ProviderStatus } from './provider-status.ts';
export type { Outcome } from './resilience/circuit.ts';
export { Upstreams, type OwnUpstream } from './upstreams.ts';
export { toRequests } from './telemetry/attempt-record.ts';
export type { AttemptRecord, CallReceipt, FailureKind } from './telemetry/call-receipt.ts';
export { CallReceipts } from './telemetry/call-receipts.ts';
export { remark, wasSent, type Remark } from './telemetry/remarkable.ts';
export { CacheCounts } from './telemetry/cache-counts.ts';
export { toCacheResult } from './telemetry/cache-result.ts';
