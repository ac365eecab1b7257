/** Stands for any key of an object whose keys are data: ids, dates, addresses. */
export const ANY_KEY = '{}';

/** What names of fields look like; `@type`, `xsi:type` and `$ref` are some. */
const NAME = /^[@$]?[A-Za-z_][\w$:-]{0,39}$/;
const MANY_DIGITS = /(?:\d\D*){4}/;

/** The key where it is the name of a field; what looks like data is not told. */
export const toSafeKey = (key: string): string => (NAME.test(key) && !MANY_DIGITS.test(key) ? key : ANY_KEY);
