/** A name, and its argument as a token or a quoted string, up to the comma that ends it (RFC 9111 §5.2). */
const DIRECTIVE =
  /([\w!#$%&'*+.^`|~-]+)(?:=(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^\s",]*)))?(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|\\?$))*/g;

/** What fits a signed 32-bit integer is far enough for anybody (RFC 9111 §1.2.2). */
const MAX_SECONDS = 2 ** 31;

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
    if (typeof value !== 'string') return [];
    return value
      .toLowerCase()
      .split(',')
      .map((field) => field.trim())
      .filter((field) => field !== '');
  }

  /** A time in ms; 0 when its number is not one, for then nothing is certain (RFC 9111 §4.2.1); undefined when absent. */
  ms(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    return typeof value === 'string' && /^\d+$/.test(value) ? Math.min(Number(value), MAX_SECONDS) * 1_000 : 0;
  }
}

/** Reads a field, however many lines it came in. Of a repeated directive the first counts. */
export const parseDirectives = (field: string | string[] | undefined): Directives => {
  const values = new Map<string, string | true>();
  for (const line of field === undefined ? [] : Array.isArray(field) ? field : [field]) {
    for (const [, name, quoted, token] of line.matchAll(DIRECTIVE)) {
      const key = name!.toLowerCase();
      if (!values.has(key)) values.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token ?? true);
    }
  }
  return new Directives(values);
};
