type Attributes = Readonly<Record<string, string>>;

/** Makes an element; all text goes in as text. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
};

/** A part of the page that is always there. */
export const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
};

/** A point in time in the words of whoever looks; nothing for null. */
export const time = (iso: string | null): Node | string =>
  iso === null ? '' : element('time', { datetime: iso }, new Date(iso).toLocaleString());
