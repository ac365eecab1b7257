/** JSON's types as bits, so that a set of them is a number. */
export const NULL = 1;
export const OBJECT = 2;
export const ARRAY = 4;

const NAMES = ['null', 'object', 'array', 'string', 'number', 'boolean'] as const;
const PLAIN: Readonly<Record<string, number>> = { string: 8, number: 16, boolean: 32 };

/** 0 for what is no JSON. */
export const toTypes = (value: unknown): number => {
  if (value === null) return NULL;
  if (typeof value !== 'object') return PLAIN[typeof value] ?? 0;
  return Array.isArray(value) ? ARRAY : OBJECT;
};

/** `null, string` */
export const tellTypes = (types: number): string => NAMES.filter((_name, bit) => types & (1 << bit)).join(', ');
