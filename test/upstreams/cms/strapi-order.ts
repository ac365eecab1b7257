import type { Article } from './article.ts';
import { InvalidQuery } from './strapi-error.ts';
import { checkAttribute, listOf, type Parameter } from './strapi-parameters.ts';

interface SortKey {
  readonly attribute: keyof Article;
  readonly descending: boolean;
}

/** `sort=title:desc` or `sort[0]=…&sort[1]=…`. Without any it is the order of rows, where a new version is the last. */
export const readOrder = (parameters: readonly Parameter[]): readonly SortKey[] => [
  ...listOf(parameters, 'sort').map(readKey),
  { attribute: 'id', descending: false },
];

export const compareBy =
  (keys: readonly SortKey[]) =>
  (one: Article, other: Article): number => {
    for (const { attribute, descending } of keys) {
      const order = compare(one[attribute] ?? '', other[attribute] ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };

const readKey = (text: string): SortKey => {
  const [attribute = '', order = 'asc', ...rest] = text.split(':');
  checkAttribute(attribute);
  if (!/^(asc|desc)$/i.test(order) || rest.length > 0) {
    throw new InvalidQuery('Invalid order. order can only be one of asc|desc|ASC|DESC');
  }
  return { attribute: attribute as keyof Article, descending: order.toLowerCase() === 'desc' };
};

const compare = (one: string | number, other: string | number): number => (one < other ? -1 : one > other ? 1 : 0);
