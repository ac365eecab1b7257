/** Visible ASCII and blanks but for `,` and `%`, which are percent-encoded, as whatever else may stand in a header. */
const HEADER_PAIR = String.raw`\s*[!#$&'*+.^_\x60|~\w-]+\s*=(?:[\x20-\x24\x26-\x2b\x2d-\x7e]|%(?:[2-6][\dA-Fa-f]|7[\dA-Ea-e]))+`;

/** Header fields as `name=value`, separated by commas, values percent-encoded (OpenTelemetry's OTLP exporter). */
export const HEADER_PAIRS = new RegExp(`^${HEADER_PAIR}(?:,${HEADER_PAIR})*$`);

const RESOURCE_ATTRIBUTE = /^[^\s=,]{1,255}\s*=(.{0,1023})$/;

/** One attribute of a resource as `name=value`, the value percent-encoded. */
export const isResourceAttribute = (item: string): boolean => {
  const value = RESOURCE_ATTRIBUTE.exec(item)?.[1];
  return value !== undefined && decoded(value) !== undefined;
};

/** What `name=value` pairs say, decoded; of two with one name the last. */
export const readPairs = (items: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    items.map((item) => {
      const [name = '', ...rest] = item.split('=');
      const value = rest.join('=').trim();
      return [name.trim(), decoded(value) ?? value];
    }),
  );

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
