/** A path whose every value is encoded, and the template it was made from. */
export class Path {
  constructor(
    readonly value: string,
    /** The path with `{}` for each value: few enough to be a name in logs and metrics. */
    readonly template: string,
  ) {}
}

/** An empty segment, `.` or `..`; a slash that the template itself ends with is cut off before. */
const UNSAFE_SEGMENT = /\/\.{0,2}(?:\/|$)/;

const templates = new WeakMap<TemplateStringsArray, string>();

const templateOf = (parts: TemplateStringsArray): string => {
  let template = templates.get(parts);
  if (template === undefined) templates.set(parts, (template = parts.join('{}')));
  return template;
};

/**
 * Builds a path from a template: each value becomes exactly one encoded segment, or part of one.
 * @throws TypeError when a segment would be empty, `.` or `..`, which URL parsers drop or climb by (RFC 3986 §5.2.4),
 * or when a value is not well-formed Unicode
 */
export const path = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): Path => {
  if (!parts[0]!.startsWith('/')) throw new TypeError(`The path ${templateOf(parts)} does not start with a slash`);
  if (values.length === 0) return new Path(parts[0]!, templateOf(parts));
  let value = parts[0]!;
  for (let index = 1; index < parts.length; index += 1) value += encode(values[index - 1]!) + parts[index]!;
  if (UNSAFE_SEGMENT.test(parts.at(-1)!.endsWith('/') ? value.slice(0, -1) : value)) {
    throw new TypeError(`A value does not fit into the path ${templateOf(parts)}`);
  }
  return new Path(value, templateOf(parts));
};

const encode = (value: string | number): string => {
  const text = String(value);
  if (!text.isWellFormed()) throw new TypeError('A value for a path is not well-formed Unicode');
  return encodeURIComponent(text);
};
