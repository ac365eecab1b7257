import { UpstreamError, type UpstreamFailure } from '../../src/outbound/errors/upstream-error.ts';

/** What a request for a token fails with when the authorization server cannot be reached, unless told otherwise. */
export const issuerFailure = (parts: Partial<UpstreamFailure> = {}): UpstreamError =>
  new UpstreamError({
    code: 'upstream_unreachable',
    provider: 'authorization',
    operation: 'token',
    reason: 'ECONNREFUSED',
    sent: false,
    ...parts,
  });
