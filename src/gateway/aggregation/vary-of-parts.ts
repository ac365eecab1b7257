import type { PartAnswer } from './ask-part.ts';

/** Said of our answer already, or of what we ask for ourselves. */
const OURS: ReadonlySet<string> = new Set(['accept-encoding', 'accept', '']);

/** What an answer varies on because one of its parts does, after what is said of it already; undefined for nothing. */
export const toVary = (
  before: string | string[] | number | undefined,
  answers: readonly PartAnswer[],
): string | undefined => {
  const fields = answers.flatMap(({ vary }) => [vary ?? []].flat()).flatMap((field) => field.split(','));
  const names = new Set(fields.map((name) => name.trim().toLowerCase()).filter((name) => !OURS.has(name)));
  return [before ?? [], ...names].flat().join(', ') || undefined;
};
