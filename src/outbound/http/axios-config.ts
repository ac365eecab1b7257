import type { Operation } from './operation.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Which declared operation this is; set by ApiClient. */
    operation?: Operation;
    /** Shortens the call's deadline to this many ms from now. */
    deadlineMs?: number;
  }
}
