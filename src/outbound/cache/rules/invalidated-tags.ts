import type { Call, Reply } from '../../http/call.ts';
import { toUrlTag } from '../tags.ts';

/** What a successful unsafe call makes void: its target, and what the answer names of the same origin (RFC 9111 §4.4). */
export const toInvalidatedTags = (call: Call, { headers }: Pick<Reply, 'headers'>): string[] => {
  const paths = [call.path];
  for (const field of [headers['location'], headers['content-location']]) {
    const url = typeof field === 'string' ? URL.parse(field, `${call.origin}${call.path}`) : null;
    if (url?.origin === call.origin) paths.push(url.pathname + url.search);
  }
  return paths.map((path) => toUrlTag(call, path));
};
