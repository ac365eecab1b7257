import type { StoredArticle } from './cms-handles.ts';

const TITLES = [
  'How a breakwater works',
  'The sea in winter',
  'Ships that pass in the night',
  'A harbour for small boats',
  'What the lighthouse sees',
  'Tides and timetables',
  'Knots worth knowing',
  'The weather for tomorrow',
  'A letter from the pier',
  'Nets, lines and hooks',
  'Maps of the coast',
  'When the fog comes in',
];

/** What a CMS has at first: a dozen, all published. */
export const KNOWN_ARTICLES: readonly StoredArticle[] = TITLES.map((title, index) => ({
  slug: title.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
  title,
  body: `${title}: a few words.`,
  publishedAt: `2025-${`${index + 1}`.padStart(2, '0')}-01T08:00:00.000Z`,
  updatedAt: `2025-${`${index + 1}`.padStart(2, '0')}-02T09:30:00.000Z`,
}));
