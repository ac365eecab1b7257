import type { FastifyRequest } from 'fastify';

/** Names, ids and words: anything else is no target of ours, and in no log. */
const WORD = /^[\w.-]{1,128}$/;

/** What an operator's write is about: of its path, or of the provider or level that it names. Undefined when it names none. */
export const toTarget = ({ params, query, body }: FastifyRequest): string | undefined => {
  const named = [...Object.values(toFields(params)), toFields(query)['provider'], toFields(body)['level']];
  return named.find((value): value is string => typeof value === 'string' && WORD.test(value));
};

const toFields = (input: unknown): Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
