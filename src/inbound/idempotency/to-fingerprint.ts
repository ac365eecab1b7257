import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { InvalidRequest } from '../problems/invalid-request.ts';
import { isPutOff } from './is-put-off.ts';

/**
 * The same for requests that ask for the same: method, address, body, and whether it may be put off. In a body, neither
 * blanks nor the order of members count. The digest tells nothing of them.
 * @throws InvalidRequest when the body is nested beyond the stack
 */
export const toFingerprint = (request: FastifyRequest): string => {
  const { method, url, body } = request;
  return createHash('sha256')
    .update(JSON.stringify([method, url, isPutOff(request)]))
    .update(toCanonical(body))
    .digest('base64url');
};

const toCanonical = (body: unknown): string => {
  try {
    return JSON.stringify(body, sorted) ?? '';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidRequest([{ field: 'body', detail: 'is nested too deeply' }]);
  }
};

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
