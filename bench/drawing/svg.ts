/** Where elements of a drawing are and what they look like: a class of `draw-page.ts`, or a plain attribute. */
type Attributes = Record<string, string | number | undefined>;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

// XML 1.0 has no way to say these.
const unspeakable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Safe within an element and within quotes. */
export const escapeText = (text: string): string =>
  text.replace(unspeakable, '').replace(/[&<>"']/g, (character) => entities[character] ?? '');

const round = (value: string | number): string =>
  typeof value === 'string' ? value : String(Number(value.toFixed(1)));

/** One element; attributes without a value are left out. `content` is SVG already. */
export const element = (name: string, attributes: Attributes, content = ''): string => {
  const text = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeText(round(value))}"`]))
    .join('');
  return content === '' ? `<${name}${text}/>` : `<${name}${text}>${content}</${name}>`;
};

// Of the usual fonts without serifs, in em: there is nobody to ask how wide a text will be.
const meanWidthEm = 0.55;

/** How many characters have room. */
export const toCharacters = (widthPx: number, fontPx: number): number => Math.floor(widthPx / (fontPx * meanWidthEm));

/** A text that ends where its room does; it can then be read in full under the pointer. */
export const label = (text: string, room: number, attributes: Attributes): string => {
  if (text.length <= room) return element('text', attributes, escapeText(text));
  const shortened = `${text.slice(0, room - 1).trimEnd()}…`;
  return element('text', attributes, element('title', {}, escapeText(text)) + escapeText(shortened));
};

/** Lines of at most `room` characters; a longer word has a line of its own. */
export const wrap = (text: string, room: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < room) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
};
