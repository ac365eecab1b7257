import { UpstreamError, type UpstreamErrorCode } from '../../../outbound/index.ts';

/** Failures of the one thing that was asked for: of a service that is away, or fails, they say nothing. */
const OF_ONE_THING: ReadonlySet<UpstreamErrorCode> = new Set(['upstream_rejected', 'upstream_invalid_answer']);

/** Undefined where the service refuses to tell of this one thing, or tells nothing sound. @throws whatever else `asking` fails with */
export const unlessRefused = async <T>(asking: Promise<T>): Promise<T | undefined> => {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof UpstreamError && OF_ONE_THING.has(error.code)) return undefined;
    throw error;
  }
};
