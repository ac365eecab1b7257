import type { CallPlan } from './call-plan.ts';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Set by ApiClient; a request without one was made through `HttpService` itself. */
    plan?: CallPlan;
    /** Of a request made through `HttpService` itself: the operation, declared in `defineProvider`, that it is. */
    operation?: string;
  }
}
