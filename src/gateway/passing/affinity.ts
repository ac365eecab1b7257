import type { IncomingHttpHeaders } from 'node:http';
import type { TargetOptions } from '../routes/target-options.ts';

/** What of a request says which server it had better go to; undefined where that does not matter. */
export type ToAffinity = (path: string, headers: IncomingHttpHeaders) => string | undefined;

export const compileAffinity = (target: TargetOptions): ToAffinity => {
  if (target.kind !== 'upstream' || target.balance.method !== 'hash') return () => undefined;
  const { hashBy } = target.balance;
  if (hashBy === 'path') return (path) => path;
  return (path, headers) => headers[hashBy.header]?.toString() ?? path;
};
