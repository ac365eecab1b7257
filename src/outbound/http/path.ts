/** A path whose every value is encoded, and the template it was made from. */
export class Path {
  constructor(
    readonly value: string,
    /** The path with `{}` for each value: few enough to be a name in logs and metrics. */
    readonly template: string,
  ) {}
}

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
  if (values.length === 0) return new Path(parts[0]!, templateOf(parts));
  const value = parts.reduce((whole, part, index) => whole + encode(values[index - 1]!) + part);
  if (hasUnsafeSegment(value)) throw new TypeError(`A value does not fit into the path ${templateOf(parts)}`);
  return new Path(value, templateOf(parts));
};

const encode = (value: string | number): string => {
  const text = String(value);
  if (!text.isWellFormed()) throw new TypeError('A value for a path is not well-formed Unicode');
  return encodeURIComponent(text);
};

const hasUnsafeSegment = (value: string): boolean =>
  value.split('/').some((segment, index) => segment === '.' || segment === '..' || (segment === '' && index > 0));
