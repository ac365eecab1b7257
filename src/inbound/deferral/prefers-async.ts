/** Commas between quotes part nothing; who opens a quote and does not close it has the rest of the line in it. */
const MEMBER = /(?:"(?:[^"\\]|\\.)*"?|[^,"])+/g;

/** An empty value is none (RFC 7240 §2). */
const NO_VALUE: readonly string[] = ['', '""'];

/**
 * Whether the lines of `Prefer` ask for an answer before the work is done (RFC 7240 §4.1). How long whoever asks would
 * wait for a real one is not looked at, nor is any other preference; nonsense is ignored, as it is no error there.
 */
export const prefersAsync = (lines: readonly string[] = []): boolean => {
  const all = lines.flatMap((line) => line.match(MEMBER) ?? []).map(toPreference);
  // Of one that comes several times the first counts (§2).
  const asked = all.find(({ name }) => name === 'respond-async');
  return asked !== undefined && NO_VALUE.includes(asked.value);
};

/** Parameters follow a semicolon; none are defined. */
const toPreference = (member: string): { name: string; value: string } => {
  const [preference = ''] = member.split(';', 1);
  const [name = '', ...value] = preference.split('=');
  return { name: name.trim().toLowerCase(), value: value.join('=').trim() };
};
