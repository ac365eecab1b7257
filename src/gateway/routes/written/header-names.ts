/** RFC 9110 §5.6.2. */
export const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** What a field can hold (RFC 9110 §5.5), ASCII only; no blanks at its ends, for they are no part of it. */
export const VALUE = /^(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;

/** About one connection (RFC 9110 §7.6.1), or about where a message ends: to say something else of these smuggles. */
const OURS: readonly string[] = [
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization', 'content-length', 'host', 'expect'],
];

export const nameMistake = (name: string): string | undefined => {
  if (name.startsWith(':')) return 'leave it out: names with a colon belong to HTTP/2 itself';
  return TOKEN.test(name) ? undefined : 'is no header name: give letters, digits and dashes, such as x-api-key';
};

/** Also of names that no rule may touch. */
export const ruledNameMistake = (name: string): string | undefined => {
  const lower = name.toLowerCase();
  if (lower === 'host') return 'leave it out: request.host says what becomes of it';
  return OURS.includes(lower) ? `leave it out: ${lower} is set for each connection and message` : nameMistake(name);
};

/** Names that differ in case only are the same. */
export const repeatedNames = (names: readonly string[]): string[] => {
  const lower = names.map((name) => name.toLowerCase());
  return names.filter((_, index) => lower.indexOf(lower[index]!) !== index);
};

const MAX_HEADERS = 100;

/** For a map whose keys are names of headers. */
export const checkNames =
  (mistakeIn: (name: string) => string | undefined) =>
  (names: readonly string[], report: (path: readonly string[], what: string) => void): void => {
    if (names.length > MAX_HEADERS) return report([], `give at most ${MAX_HEADERS} headers`);
    for (const name of names) {
      const mistake = mistakeIn(name);
      if (mistake !== undefined) report([name], mistake);
    }
    for (const name of repeatedNames(names)) report([name], 'stands here twice, in other letters: keep one');
  };
