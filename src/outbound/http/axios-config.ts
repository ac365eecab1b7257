import type { Operation } from './operation.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Which declared operation this is; set by ApiClient. */
    operation?: Operation;
    /** Shortens the call's deadline to this many ms from now. */
    deadlineMs?: number;
    /** Cancels as `signal` does, but the call then fails with the signal's own reason: axios's error holds the headers. */
    cancelledBy?: AbortSignal;
  }
}
