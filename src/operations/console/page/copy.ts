import { button, element, part, setText } from './element.ts';

/** An id with a button that copies it. */
export const copyable = (name: string, id: string): HTMLElement => {
  const code = element('code', {}, id);
  const copy = button('Copy', () => void toClipboard(name, code));
  copy.append(element('span', { class: 'unseen' }, ` the ${name.toLowerCase()} id`));
  return element('p', { class: 'id' }, `${name} `, code, ' ', copy);
};

const toClipboard = async (name: string, code: HTMLElement): Promise<void> => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    setText(part('receipt-note'), `The ${name.toLowerCase()} id is copied.`);
  } catch {
    // There is no clipboard for pages that came without TLS.
    document.getSelection()?.selectAllChildren(code);
    setText(part('receipt-note'), `The ${name.toLowerCase()} id is selected: copy it with the keyboard.`);
  }
};
