import { element, setAttribute, setText } from './element.ts';

/** A number with its name. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** What it means, for who points at it. */
  readonly title?: string;
  readonly isTrouble?: boolean;
}

/** Shows facts in a `<dl>`, in place. */
export const showFacts = (place: HTMLElement, facts: readonly Fact[]): void => {
  while (place.children.length > facts.length) place.lastElementChild!.remove();
  facts.forEach(({ name, value, title, isTrouble = false }, index) => {
    const pair = place.children[index] ?? place.appendChild(element('div', {}, element('dt'), element('dd')));
    setText(pair.firstElementChild!, name);
    setText(pair.lastElementChild!, value);
    setAttribute(pair, 'title', title);
    setAttribute(pair, 'data-trouble', isTrouble ? '' : undefined);
  });
};
