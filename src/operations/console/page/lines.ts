import { element, setHidden, setText } from './element.ts';

/** Shows sentences as the items of a list, in place; a list without any is not there. */
export const showLines = (place: HTMLElement, lines: readonly string[]): void => {
  while (place.children.length > lines.length) place.lastElementChild!.remove();
  lines.forEach((line, index) => setText(place.children[index] ?? place.appendChild(element('li')), line));
  setHidden(place, lines.length === 0);
};
