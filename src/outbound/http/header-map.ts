/** Lower-case names; a header that came more than once is a list. */
export type HeaderMap = Record<string, string | string[] | undefined>;
