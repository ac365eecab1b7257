import { invalidKey } from './strapi-error.ts';
import { below, checkAttribute, type Parameter } from './strapi-parameters.ts';

/** The slugs of `filters[slug][$eq]=…`, which must all be the same to match; the stand-in knows no other filter. */
export const readSlugs = (parameters: readonly Parameter[]): string[] =>
  below(parameters, 'filters').map(({ path: [attribute = '', operator = '$eq', ...rest], value }) => {
    checkAttribute(attribute);
    if (attribute !== 'slug') throw invalidKey(attribute, 'filters');
    if (operator !== '$eq' || rest.length > 0) throw invalidKey(operator, 'slug');
    return value;
  });
