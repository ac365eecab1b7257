import { readTemplate, type PathTemplate } from './path-template.ts';
import type { MatchOptions } from './route-options.ts';

/** Segments that `{name}`s stood for, percent-encoded as in the path: put back into a path they mean the same. */
export type PathValues = Readonly<Record<string, string>>;

export interface PathMatch {
  readonly kind: 'match';
  readonly values: PathValues;
}

const MATCHED: PathMatch = Object.freeze({ kind: 'match', values: Object.freeze({}) });

/** Undefined: the path is another. A prefix is whole segments: `/v2` is not the beginning of `/v20`. */
export const compilePathMatch = ({
  prefix,
  path,
}: Pick<MatchOptions, 'prefix' | 'path'>): ((path: string) => PathMatch | undefined) => {
  if (path !== undefined) return compileTemplate(path);
  if (prefix === undefined || prefix === '/') return () => MATCHED;
  const inside = `${prefix}/`;
  return (found) => (found === prefix || found.startsWith(inside) ? MATCHED : undefined);
};

const compileTemplate = (text: string): ((path: string) => PathMatch | undefined) => {
  const template = readTemplate(text);
  if (template.names.length === 0) return (path) => (path === text ? MATCHED : undefined);
  return (path) => capture(path, template);
};

/** A segment that is empty is no value. */
const capture = (path: string, { segments }: PathTemplate): PathMatch | undefined => {
  const values: Record<string, string> = {};
  let start = 1;
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index]!;
    const end = index === segments.length - 1 ? path.length : path.indexOf('/', start);
    if (end === -1) return undefined;
    const found = path.slice(start, end);
    if ('text' in segment ? found !== segment.text : found === '' || found.includes('/')) return undefined;
    if ('name' in segment) values[segment.name] = found;
    start = end + 1;
  }
  return { kind: 'match', values };
};
