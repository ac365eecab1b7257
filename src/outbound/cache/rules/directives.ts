import { parseDeltaSeconds } from '../../http/delta-seconds.ts';
import { toFieldNames } from '../../http/field-names.ts';

/** A name, and its argument as a token or a quoted string, up to the comma that ends it (RFC 9111 §5.2). */
const DIRECTIVE =
  /([\w!#$%&'*+.^`|~-]+)(?:=(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^\s",]*)))?(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|\\?$))*/g;

/** The directives of a `Cache-Control` field: names in lower case, `true` where there is no argument. */
export class Directives {
  readonly #values: ReadonlyMap<string, string | true>;

  constructor(values: ReadonlyMap<string, string | true>) {
    this.#values = values;
  }

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** True when it stands without field names, and so concerns the whole response. */
  isUnqualified(name: string): boolean {
    const value = this.#values.get(name);
    return value !== undefined && this.fields(name).length === 0;
  }

  isBare(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** The header fields that `no-cache` or `private` is limited to, in lower case. */
  fields(name: string): string[] {
    const value = this.#values.get(name);
    return typeof value === 'string' ? toFieldNames(value) : [];
  }

  /** A time in ms; 0 when its number is not one, for then nothing is certain (RFC 9111 §4.2.1); undefined when absent. */
  ms(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    return typeof value === 'string' ? (parseDeltaSeconds(value) ?? 0) : 0;
  }
}

/** Of short fields that came lately, by their text: an upstream says the same again and again. */
const lately = new Map<string, Directives>();
const MAX_FIELDS = 256;
const MAX_LENGTH = 256;

/** Reads a field, however many lines it came in. Of a repeated directive the first counts. */
export const parseDirectives = (field: string | string[] = ''): Directives => {
  if (typeof field !== 'string' || field.length > MAX_LENGTH) return readLines(field);
  const known = lately.get(field);
  if (known) return known;
  const directives = readLines(field);
  if (lately.size >= MAX_FIELDS) lately.clear();
  lately.set(field, directives);
  return directives;
};

const readLines = (field: string | string[]): Directives => {
  const values = new Map<string, string | true>();
  for (const line of Array.isArray(field) ? field : [field]) {
    for (const [, name, quoted, token] of line.matchAll(DIRECTIVE)) {
      const key = name!.toLowerCase();
      if (!values.has(key)) values.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? true);
    }
  }
  return new Directives(values);
};
