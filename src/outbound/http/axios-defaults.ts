import type { AxiosHeaders, AxiosInstance, AxiosRequestConfig } from 'axios';
import type { Clock } from '../../platform/clock.ts';
import { toFailureCode } from '../errors/status-failure.ts';
import type { Provider } from '../provider.ts';
import { pipelineAdapter } from './pipeline-adapter.ts';

/** What `HttpModule` gets: the pipeline as adapter, and statuses judged as we judge them. */
export const axiosOptions = (provider: Provider, clock: Clock): AxiosRequestConfig => ({
  adapter: pipelineAdapter(provider, clock),
  ...(provider.options.baseUrl === undefined ? {} : { baseURL: provider.options.baseUrl }),
  validateStatus: (status) => toFailureCode(status) === undefined,
});

/** Browser matters, and limits that our stages enforce better. */
const UNUSED = ['transitional', 'timeout', 'xsrfCookieName', 'xsrfHeaderName', 'maxContentLength', 'maxBodyLength', 'env'];

/**
 * Takes off an instance what it would merge into every request to no effect: half of axios's own time per call.
 * The adapter reads answers itself, so only request bodies are still transformed.
 */
export const trimDefaults = ({ defaults }: AxiosInstance): void => {
  for (const name of UNUSED) Reflect.deleteProperty(defaults, name);
  defaults.headers = {} as typeof defaults.headers;
  defaults.transformResponse = [];
  defaults.transformRequest = [toBody];
};

/** Plain objects and arrays become JSON, forms become forms; bytes, text and streams stay as they are. */
const toBody = (data: unknown, headers: AxiosHeaders): unknown => {
  if (data === null || typeof data !== 'object') return data;
  if (data instanceof URLSearchParams) {
    headers.setContentType('application/x-www-form-urlencoded', false);
    return data.toString();
  }
  const prototype: unknown = Object.getPrototypeOf(data);
  if (!Array.isArray(data) && prototype !== Object.prototype && prototype !== null) return data;
  headers.setContentType('application/json', false);
  return JSON.stringify(data);
};
