import type { Clock } from '../../platform/clock.ts';
import type { Call } from '../http/call.ts';
import { newReceipt } from '../telemetry/new-receipt.ts';
import type { Provider } from '../provider.ts';
import type { Endpoint } from './endpoint.ts';

/** Of what a server says of its health, the status is enough. */
const MAX_BYTES = 65_536;

/** A GET that asks one server whether it is well. */
export const toProbe = (
  provider: Provider,
  asked: { readonly endpoint: Endpoint; readonly path: string; readonly signal: AbortSignal },
  clock: Clock,
): Call => {
  const operation = provider.createOperation('GET', 'probe', { maxResponseBytes: MAX_BYTES, maxAttempts: 1 });
  return {
    ...asked,
    provider: provider.name,
    operation,
    method: 'GET',
    origin: asked.endpoint.origin,
    headers: { 'user-agent': provider.options.userAgent },
    body: null,
    deadlineAt: Infinity,
    receipt: newReceipt({ provider: provider.name, operation, method: 'GET' }, clock.now()),
  };
};
