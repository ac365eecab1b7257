import type { PathValues } from './match-path.ts';
import { readTemplate, type TemplateSegment } from './path-template.ts';
import type { RewritingOptions } from './route-options.ts';

type Rewrite = (path: string, values: PathValues) => string;

/** What stands in the request line to the upstream. */
export type ToUpstreamPath = (path: string, values: PathValues, query: string) => string;

/**
 * Puts the base before the path, after the path was changed as the route says, and the query behind.
 * The root of the route is the root of the base: `/api/` for `/api`. A path without what `strip` names stays as it is.
 * @param basePath without a slash at its end; may be empty
 * @returns takes a normalised path, the values that it matched with, and the query as on the wire, without its `?`; empty for none
 */
export const compileRewriting = (
  rewriting: Pick<RewritingOptions, 'strip' | 'rewrite'>,
  basePath: string,
): ToUpstreamPath => {
  const rewrite = compileRewrite(rewriting);
  if (rewrite === undefined) {
    return (path, _values, query) => (query === '' ? basePath + path : `${basePath}${path}?${query}`);
  }
  return (path, values, query) => {
    const full = basePath + rewrite(path, values) || '/';
    return query === '' ? full : `${full}?${query}`;
  };
};

/** Text for an upstream's path, such as that of one part of an aggregate, with the values of the request in it. */
export const compileTemplatePath = (template: string): ((values: PathValues) => string) => {
  const { segments, names } = readTemplate(template);
  return names.length === 0 ? () => template : (values) => fill(segments, values);
};

const compileRewrite = ({ strip, rewrite }: Pick<RewritingOptions, 'strip' | 'rewrite'>): Rewrite | undefined => {
  if (rewrite !== undefined) {
    const toPath = compileTemplatePath(rewrite);
    return (_path, values) => toPath(values);
  }
  return strip === undefined ? undefined : stripFrom(strip);
};

/** What is left of exactly `strip` is nothing: then the base stands alone. */
const stripFrom = (strip: string): Rewrite => {
  const inside = `${strip}/`;
  return (path) => (path === strip || path.startsWith(inside) ? path.slice(strip.length) : path);
};

const fill = (segments: readonly TemplateSegment[], values: PathValues): string => {
  let path = '';
  for (const segment of segments) path += `/${'text' in segment ? segment.text : values[segment.name]!}`;
  return path;
};
