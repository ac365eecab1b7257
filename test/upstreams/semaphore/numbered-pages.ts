import { bareJson, type Answer } from './answer.ts';

export interface PageQuestion {
  readonly page: number;
  /** Without an upper bound, as the real one. */
  readonly pageSize: number;
  /** Path and query as they were asked for. */
  readonly target: string;
}

/** Links are `http`, of a host that does not exist, so that whoever follows one fails. */
const HOST = 'http://acme.semaphore.invalid';

/** One page, and in headers the place of it. A page behind the last one is answered with the last one. */
export const answerPage = <Item>(
  items: readonly Item[],
  asked: PageQuestion,
  toDocument: (item: Item) => object,
): Answer => {
  const totalPages = Math.max(1, Math.ceil(items.length / asked.pageSize));
  const page = Math.min(asked.page, totalPages);
  const from = (page - 1) * asked.pageSize;
  return bareJson(200, items.slice(from, from + asked.pageSize).map(toDocument), {
    link: linkHeader(asked.target, page, totalPages),
    total: String(items.length),
    'per-page': String(asked.pageSize),
    'total-pages': String(totalPages),
    'page-number': String(page),
  });
};

const linkHeader = (target: string, page: number, totalPages: number): string => {
  const link = (rel: string, number: number): string => `<${linkTo(target, number)}>; rel="${rel}"`;
  return [
    ...(page < totalPages ? [link('next', page + 1)] : []),
    ...(page > 1 ? [link('prev', page - 1)] : []),
    link('first', 1),
    link('last', totalPages),
  ].join(', ');
};

const linkTo = (target: string, page: number): string => {
  const url = new URL(target, HOST);
  url.searchParams.set('page', String(page));
  url.searchParams.sort();
  return url.href;
};

/** What does not begin with a number from 1 means the default; `12abc` is 12. */
export const readPage = (params: Readonly<Record<string, unknown>>, target: string): PageQuestion => {
  const read = (name: string, otherwise: number): number => {
    const number = Number.parseInt(String(params[name]), 10);
    return number > 0 ? number : otherwise;
  };
  return { page: read('page', 1), pageSize: read('page_size', 30), target };
};
