import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import type { FieldError } from '../../inbound/problems/problem.ts';
import { UpstreamError } from '../../outbound/index.ts';

/** What a service says to content that it understands and does not take. */
const UNACCEPTABLE: readonly unknown[] = [400, 422];

/**
 * For writes whose content only the CI service can judge: names of branches, promotions and the like.
 * @throws InvalidRequest saying `fault` when it does not take it: that is our caller's to mend, not ours
 */
export const orUnacceptable = async <T>(answer: Promise<T>, fault: FieldError): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof UpstreamError && UNACCEPTABLE.includes(error.status) ? new InvalidRequest([fault]) : error;
  }
};
