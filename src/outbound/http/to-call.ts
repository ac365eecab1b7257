import axios, { type InternalAxiosRequestConfig } from 'axios';
import './axios-config.ts';
import type { Clock } from '../../platform/clock.ts';
import { Cancellation, type CancelSignal } from '../../platform/cancellation.ts';
import { currentContext, type RequestContext } from '../../platform/context/request-context.ts';
import type { Provider } from '../provider.ts';
import { newReceipt } from '../telemetry/new-receipt.ts';
import type { Call } from './call.ts';
import type { HeaderMap } from './header-map.ts';
import type { Operation } from './operation.ts';

/** A raw `HttpService` call has no template: its path may be anything, so it stays out of names. */
const RAW_TEMPLATE = '(raw)';

/** Reads a request as axios has prepared it: interceptors have run, defaults are merged. */
export const toCall = (provider: Provider, config: InternalAxiosRequestConfig, clock: Clock): Call => {
  const context = currentContext();
  const plan = config.plan?.options;
  const method = (config.method ?? 'get').toUpperCase();
  const operation = config.plan?.operation ?? rawOperation(provider, method, config);
  const now = clock.now();
  const target = toTarget(provider, config);
  return {
    provider: provider.name,
    operation,
    method,
    ...target,
    headers: toHeaders(config),
    body: (config.data as Call['body']) ?? null,
    deadlineAt: Math.min(context?.deadlineAt ?? Infinity, now + (plan?.deadlineMs ?? Infinity)),
    signal: toSignal(plan?.signal ?? (config.signal as AbortSignal | undefined), context),
    receipt: newReceipt({ provider: provider.name, operation, method, path: target.path }, now),
    ...(plan?.principal && { principal: plan.principal }),
    ...(context?.isBackground && { isBackground: true }),
    ...(plan?.tags && { tags: plan.tags }),
  };
};

/** axios's own `timeout` and `maxContentLength` mean here what they say: a whole attempt, a whole answer. */
const rawOperation = (
  provider: Provider,
  method: string,
  { timeout, maxContentLength, operation }: InternalAxiosRequestConfig,
): Operation => {
  const plain = provider.operation(method, RAW_TEMPLATE, operation);
  if (!timeout && !(maxContentLength! >= 0)) return plain;
  return plain.within({
    ...(timeout ? { attemptTimeoutMs: timeout } : {}),
    ...(maxContentLength! >= 0 ? { maxResponseBytes: maxContentLength! } : {}),
  });
};

/** ApiClient's paths are encoded and relative to the base; anything else is read as a URL and kept to our origins. */
const toTarget = (provider: Provider, config: InternalAxiosRequestConfig): Pick<Call, 'origin' | 'path'> => {
  const { origin = '', origins, basePath } = provider;
  const target = config.url ?? '';
  if (config.plan && config.params === undefined && target.startsWith('/')) return { origin, path: basePath + target };
  const url = URL.parse(axios.getUri({ ...config, baseURL: provider.options.baseUrl ?? '' }));
  // Unconfigured providers have no origin to keep to; their calls end before any connection.
  if (origin === '') return { origin, path: '/' };
  if (url === null || !origins.includes(url.origin)) {
    throw new TypeError(`Provider ${provider.name} calls ${origins.join(' and ')} only`);
  }
  return { origin: url.origin, path: url.pathname + url.search };
};

/** Lower-case names, `auth` as Basic credentials (RFC 7617), nothing undefined. */
const toHeaders = ({ headers, auth }: InternalAxiosRequestConfig): HeaderMap => {
  const result: HeaderMap = {};
  for (const name of Object.keys(headers)) {
    const value: unknown = headers[name];
    if (value !== null && value !== undefined && value !== false) {
      result[name.toLowerCase()] = Array.isArray(value) ? value.map(String) : String(value);
    }
  }
  if (auth) result['authorization'] = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return result;
};

const toSignal = (own: AbortSignal | undefined, context: RequestContext | undefined): CancelSignal => {
  if (own) return context ? AbortSignal.any([own, context.signal]) : own;
  return context?.cancellation ?? new Cancellation();
};
