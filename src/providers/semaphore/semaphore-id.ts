import { UpstreamError } from '../../outbound/index.ts';

/** Of any version, in any case. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * An id as Semaphore writes it. All of its ids are UUIDs; anything else names nothing there, and it answers such a thing
 * now with a 400, now with a 500: so it is not asked.
 * @throws UpstreamError for which `isAbsent` holds
 */
export const toUuid = (id: string): string => {
  if (UUID.test(id)) return id.toLowerCase();
  const reason = 'no id of Semaphore looks like this';
  const code = 'upstream_rejected';
  throw new UpstreamError({ code, provider: 'semaphore', operation: '(none)', reason, status: 404, sent: false });
};
