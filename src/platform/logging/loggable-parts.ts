import { NOT_LOGGED, text, type Loggable } from './loggable.ts';

const MAX_ITEMS = 50;

type Source = Readonly<Record<string | number, unknown>>;

/** Its first 50 items. */
export const list = (item: Loggable): Loggable =>
  madeOf(Array.isArray, (source: readonly unknown[]) => {
    const items: unknown[] = [];
    for (let at = 0; at < Math.min(source.length, MAX_ITEMS); at += 1) items.push(keep(item, source, at));
    return items;
  });

/** Texts under names that whoever logs them has chosen; the first 50. */
export const texts: Loggable = madeOf(isObject, (source) => {
  const names = Object.keys(source).slice(0, MAX_ITEMS);
  return Object.fromEntries(names.map((name) => [String(text(name)), keep(text, source, name)]));
});

/**
 * What is declared of an object, and of what is not only how much there is, as `notLogged`: a name, too, may be a secret.
 * Each value is read once, so that nothing else can be written than what was looked at.
 */
export const fields = (declared: Readonly<Record<string, Loggable>>): Loggable => {
  const known = new Map(Object.entries(declared));
  return madeOf(isObject, (source) => {
    const kept: Record<string, unknown> = {};
    let others = 0;
    for (const name of Object.keys(source)) {
      const loggable = known.get(name);
      if (loggable === undefined) others += 1;
      else kept[name] = keep(loggable, source, name);
    }
    if (others > 0) kept['notLogged'] = others;
    return kept;
  });
};

function isObject(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function madeOf<T>(isSource: (value: unknown) => value is T, make: (source: T) => unknown): Loggable {
  return (value) => {
    if (!isSource(value)) return value === null || value === undefined ? value : NOT_LOGGED;
    try {
      return make(value);
    } catch {
      return NOT_LOGGED;
    }
  };
}

/** A getter may throw. */
function keep(loggable: Loggable, source: Source | readonly unknown[], name: string | number): unknown {
  try {
    return loggable((source as Source)[name]);
  } catch {
    return NOT_LOGGED;
  }
}
