import { anything } from './semaphore-fields.ts';

export type HeaderText = string | undefined;

/** A header as one text, also when it came in several lines (RFC 9110 §5.2). */
export const headerText = anything.transform((value): HeaderText => {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : undefined;
});
