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

/** A button that does something here. */
export const button = (text: string, whenChosen: () => void): HTMLButtonElement => {
  const made = element('button', { type: 'button' }, text);
  made.addEventListener('click', whenChosen);
  return made;
};

/** A part of the page that is always there. */
export const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
};

/** Touches the page only when something changed: what is read out is read out again, what is selected is lost. */
export const setText = (place: Element, text: string): void => {
  if (place.textContent !== text) place.textContent = text;
};

/** As `setText` does; undefined takes the attribute away. */
export const setAttribute = (place: Element, name: string, value: string | undefined): void => {
  if (value === undefined) place.removeAttribute(name);
  else if (place.getAttribute(name) !== value) place.setAttribute(name, value);
};

/** As `setText` does. */
export const setHidden = (place: HTMLElement, isHidden: boolean): void => {
  if (place.hidden !== isHidden) place.hidden = isHidden;
};

/** After what had the focus has gone: who uses the keyboard goes on here, and not at the top of the page. */
export const keepFocus = (id: string): void => {
  const { activeElement, body } = document;
  // The browser notices only later that what is closed has the focus no more.
  if (activeElement === body || activeElement?.closest('dialog:not([open])')) part(id).focus({ preventScroll: true });
};
