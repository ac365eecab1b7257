/** What a URL may hold (RFC 3986 §3.4), and what browsers leave as it is in a query all the same. */
const SOUND = /^[\x21\x24-\x3b\x3d\x3f-\x7e]*$/;

/** Whether a query, as on the wire, can be passed on as it is: no blanks, controls, `"`, `#`, `<`, `>`, nothing beyond ASCII. */
export const isSoundQuery = (query: string): boolean => SOUND.test(query);
