import type { IncomingMessage } from 'node:http';
import { toKnownScheme } from '../platform/telemetry/known-scheme.ts';
import type { IsTrusted } from './trusted-proxies.ts';

/** By which scheme our caller asked, for requests that the framework does not see: what a trusted proxy says last of it, else http. */
export const toAskedScheme = ({ headers, socket }: IncomingMessage, isTrusted: IsTrusted): 'http' | 'https' => {
  const said = headers['x-forwarded-proto'];
  if (typeof said !== 'string' || !isTrusted(socket.remoteAddress ?? '')) return 'http';
  return toKnownScheme(said.slice(said.lastIndexOf(',') + 1).trim());
};
