/** One thing in a list, as the page shows it. */
export interface Shown<T> {
  readonly root: HTMLElement;
  readonly update: (value: T) => void;
}

/**
 * Keeps a list on the page like `values`: what was there stays the same element, so that focus, selection and scroll
 * survive. What is gone is taken away, unless it has the focus.
 */
export const keyedList = <T>(
  place: HTMLElement,
  keyOf: (value: T) => string,
  make: (value: T) => Shown<T>,
): ((values: readonly T[]) => void) => {
  const shown = new Map<string, Shown<T>>();
  return (values) => {
    const wanted = new Set(values.map(keyOf));
    for (const [key, { root }] of shown) {
      if (wanted.has(key) || root.contains(document.activeElement)) continue;
      root.remove();
      shown.delete(key);
    }
    const roots = values.map((value) => {
      const one = shown.get(keyOf(value)) ?? make(value);
      shown.set(keyOf(value), one);
      one.update(value);
      return one.root;
    });
    arrange(place, roots);
  };
};

/** Moves as few as it can. */
const arrange = (place: HTMLElement, roots: readonly HTMLElement[]): void => {
  const focused = document.activeElement;
  let next = place.firstElementChild;
  for (const root of roots) {
    if (root === next) next = next.nextElementSibling;
    else place.insertBefore(root, next);
  }
  // What is moved loses the focus.
  if (focused !== document.activeElement && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
};
