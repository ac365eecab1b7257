import { someDay, type Article } from './article.ts';

const PREFIX = 'generated-';
const DIGITS = 7;
const DEFAULT_BODY_BYTES = 200;

const SLUG = new RegExp(`^${PREFIX}\\d{${DIGITS}}$`);

/** Makes the article at an index, the same whenever it is asked for; every field rises with the index. */
export const createGenerator = (bodyBytes = DEFAULT_BODY_BYTES): ((index: number) => Article) => {
  const body = 'lorem ipsum '.repeat(Math.ceil(bodyBytes / 12)).slice(0, bodyBytes);
  return (index) => {
    const number = `${index}`.padStart(DIGITS, '0');
    const day = someDay(index);
    const title = `Generated article ${number}`;
    const times = { createdAt: day, updatedAt: day, publishedAt: day };
    return { id: index + 1, documentId: number.padStart(24, 'g'), slug: PREFIX + number, title, body, ...times };
  };
};

/** The index of the generated article of that slug; -1 when that is none. */
export const generatedIndex = (slug: string): number => (SLUG.test(slug) ? Number(slug.slice(PREFIX.length)) : -1);
