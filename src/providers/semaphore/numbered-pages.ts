import { z } from 'zod';
import { headerText, type HeaderText } from './semaphore-header.ts';
import type { SemaphorePage, SemaphorePaging } from './semaphore-paging.ts';
import { readPosition } from './semaphore-position.ts';

export interface NumberedPlace {
  readonly page: number;
  /** How many a page holds: the same for the whole walk, whatever the limit becomes, for pages are counted in it. */
  readonly size: number;
}

/** Which page to ask for. `maxSize`: the most that Semaphore gives of this list. */
export const toPlace = (paging: SemaphorePaging, maxSize = 100): NumberedPlace =>
  readPosition(paging.position, 'number') ?? { page: 1, size: Math.min(paging.limit, maxSize) };

const headers = z.object({
  link: headerText,
  'page-number': headerText,
  'per-page': headerText,
  'total-pages': headerText,
});

/** A list that says in its headers where it stands; needs the answer `whole`. */
export const numberedAnswer = <Item extends z.ZodType>(item: Item) => z.object({ headers, body: z.array(item) });

interface NumberedAnswer<T> {
  readonly headers: Readonly<Record<'link' | 'page-number' | 'per-page' | 'total-pages', HeaderText>>;
  readonly body: readonly T[];
}

/** The links are never followed, they are `http`: only that there is a next one counts. */
export const toNumberedPage = <T>(answer: NumberedAnswer<T>, { page, size }: NumberedPlace): SemaphorePage<T> => {
  const answered = toCount(answer.headers['page-number']) ?? page;
  // Whoever asks for more than there is gets the last page once more.
  if (answered < page) return { items: [], next: null };
  return { items: answer.body, next: hasNext(answer, { page, size }) ? { page: page + 1, size } : null };
};

const hasNext = ({ headers, body }: NumberedAnswer<unknown>, { page, size }: NumberedPlace): boolean => {
  if (body.length === 0) return false;
  const totalPages = toCount(headers['total-pages']);
  if (headers.link === undefined && totalPages === undefined) {
    return body.length >= Math.min(size, toCount(headers['per-page']) ?? size);
  }
  return page < (totalPages ?? 0) || namesNext(headers.link ?? '');
};

/** RFC 8288 §3.3: a relation may stand among others. What is between `<` and `>` is a URL and may hold anything. */
const namesNext = (link: string): boolean =>
  /\brel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(link.replaceAll(/<[^<>]*>/g, ''));

const toCount = (text: HeaderText): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
