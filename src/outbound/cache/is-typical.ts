import type { Call } from '../http/call.ts';
import { hasConditions } from './rules/conditions.ts';
import { parseDirectives } from './rules/directives.ts';
import { hasCallersCredential } from './rules/storability.ts';

/**
 * Whether what becomes of a call tells anything about others of the same URL and principal: not when it asks for a part,
 * under conditions of its own, for nothing to be kept, or with a credential that nobody declared.
 */
export const isTypical = (call: Call): boolean => {
  const { headers, lookup, principal, body } = call;
  if (body !== null) return false;
  if (headers['range'] !== undefined || (!lookup?.validates && hasConditions(headers))) return false;
  if (principal === undefined && hasCallersCredential(call)) return false;
  return headers['cache-control'] === undefined || !parseDirectives(headers['cache-control']).has('no-store');
};
