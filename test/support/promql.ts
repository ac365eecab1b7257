/** What a query in PromQL speaks of. */
export interface Spoken {
  /** Each with the labels that it is selected by. */
  readonly metrics: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** What it is put together by, such as in `by (…)`. */
  readonly groupedBy: readonly string[];
}

const KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'offset', 'bool']);

const STRING = /"(?:[^"\\]|\\.)*"/g;
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const RANGE = /\[[^\]]*\]/g;
const DURATION = /\b\d+(?:\.\d+)?(?:[smhdwy]|ms)?\b/g;
const SELECTOR = /([a-zA-Z_:][\w:]*)\s*(\(|\{([^}]*)\})?/g;
const MATCHER = /([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)/g;

const firstGroups = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, group]) => group ?? '');

/** By a few regular expressions: enough for queries that are written by people to be read. */
export const readPromQl = (query: string): Spoken => {
  const plain = query.replace(STRING, '""');
  const groupedBy = firstGroups(plain, GROUPING).flatMap((list) => list.split(',').map((label) => label.trim()));
  const rest = plain.replace(GROUPING, ' ').replace(RANGE, ' ').replace(DURATION, ' ');
  const metrics = [...rest.matchAll(SELECTOR)]
    .filter(([, name = '', after]) => after !== '(' && !KEYWORDS.has(name))
    .map(([, name = '', , matchers = '']) => ({ name, labels: firstGroups(matchers, MATCHER) }));
  return { metrics, groupedBy };
};
