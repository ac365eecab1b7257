import { UpstreamError, type UpstreamFailure } from './upstream-error.ts';

export interface CallIdentity {
  readonly provider: string;
  readonly operation: { readonly name: string };
}

/** The error that one call fails with. */
export const callError = (
  { provider, operation }: CallIdentity,
  failure: Omit<UpstreamFailure, 'provider' | 'operation'>,
): UpstreamError => new UpstreamError({ ...failure, provider, operation: operation.name });
