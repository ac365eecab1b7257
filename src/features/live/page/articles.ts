import { noteHeard, noteStored } from './connection.ts';
import { element, part, time } from './element.ts';
import { listen } from './event-stream.ts';
import { fetchJson } from './fetch-json.ts';
import { soon } from './soon.ts';

interface Article {
  readonly slug: string;
  readonly title: string;
  readonly publishedAt: string | null;
}

const PATH = '/api/v1/articles?limit=20';

/** Shows the newest articles, and stays up to date. */
export const showArticles = (): void => {
  const again = soon(load);
  again();
  listen('articles', { on: { 'article.changed': again }, startAnew: again });
};

const load = async (): Promise<void> => {
  try {
    const { value, storedAt } = await fetchJson<{ readonly items: readonly Article[] }>(PATH);
    if (storedAt) noteStored(storedAt);
    else noteHeard();
    part('articles').replaceChildren(...value.items.map(show));
    part('articles-note').textContent = value.items.length === 0 ? 'There are none.' : '';
  } catch (error) {
    part('articles-note').textContent = (error as Error).message;
  }
};

const show = ({ slug, title, publishedAt }: Article): Node =>
  element('li', { 'data-slug': slug }, element('strong', {}, title), time(publishedAt));
