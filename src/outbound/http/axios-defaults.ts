import type { AxiosHeaders, AxiosInstance, AxiosRequestConfig } from 'axios';
import type { Clock } from '../../platform/clock.ts';
import type { Provider } from '../provider.ts';
import { pipelineAdapter } from './pipeline-adapter.ts';

/** What `HttpModule` gets: the pipeline as adapter. */
export const axiosOptions = (provider: Provider, clock: Clock): AxiosRequestConfig => ({
  adapter: pipelineAdapter(provider, clock),
});

/**
 * Takes off an instance what axios would merge into every request to no effect: half of its own time per call.
 * Browser matters go; limits and judging answers are the pipeline's; only request bodies are still transformed.
 */
export const trimDefaults = ({ defaults }: AxiosInstance): void => {
  const { adapter } = defaults;
  // In place: the instance's methods hold this very object.
  for (const name of Object.keys(defaults)) Reflect.deleteProperty(defaults, name);
  Object.assign(defaults, { adapter, transformRequest: [toBody] });
  addDefaultHeadersWhenAsked(defaults);
};

/** Whether requests go out, and answers come back, just as `trimDefaults` left it: nobody has added anything. */
export const isUntouched = ({ defaults, interceptors }: AxiosInstance): boolean =>
  hasNone(interceptors.request) && hasNone(interceptors.response) && Object.keys(defaults).length === OWN_DEFAULTS;

/** `adapter` and `transformRequest`. */
const OWN_DEFAULTS = 2;

const hasNone = (interceptors: object): boolean => (interceptors as { handlers?: unknown[] }).handlers?.length === 0;

/** Default headers cost every call a merge, so they exist from the moment somebody first asks for them. */
const addDefaultHeadersWhenAsked = (defaults: object): void => {
  const become = (value: unknown) =>
    Object.defineProperty(defaults, 'headers', { value, enumerable: true, writable: true });
  Object.defineProperty(defaults, 'headers', {
    configurable: true,
    get: () => {
      const headers = { common: {}, get: {}, head: {}, delete: {}, post: {}, put: {}, patch: {} };
      become(headers);
      return headers;
    },
    set: become,
  });
};

/** Objects and arrays become JSON, forms become forms; bytes, text and streams stay as they are. */
const toBody = (data: unknown, headers: AxiosHeaders): unknown => {
  if (data === null || typeof data !== 'object') return data;
  if (data instanceof URLSearchParams) {
    headers.setContentType('application/x-www-form-urlencoded', false);
    return data.toString();
  }
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (!Array.isArray(data) && isBinaryOrStream(data)) return data;
  headers.setContentType('application/json', false);
  return JSON.stringify(data);
};

const isBinaryOrStream = (data: object): boolean =>
  ArrayBuffer.isView(data) || data instanceof Blob || Symbol.asyncIterator in data || Symbol.iterator in data;
