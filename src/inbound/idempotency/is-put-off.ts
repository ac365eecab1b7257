import type { FastifyRequest } from 'fastify';
import { prefersAsync } from '../deferral/prefers-async.ts';

/**
 * Whether a request asks to be carried out later. Then something else is done than without that: a call is taken on, and
 * each time another one, whatever key goes with it.
 */
export const isPutOff = ({ raw }: Pick<FastifyRequest, 'raw'>): boolean => prefersAsync(raw.headersDistinct['prefer']);
