import { part, setText } from './element.ts';
import { keyedList } from './keyed-list.ts';
import { makeCard } from './provider-card.ts';
import type { ProviderCard } from './snapshot.ts';
import { byTrouble, summarise } from './verdicts.ts';

let show: ((cards: readonly ProviderCard[]) => void) | undefined;

const TITLE = 'Breakwater console';

/** Shows a card for each service, the most troubled first. */
export const showProviders = (providers: readonly ProviderCard[]): void => {
  show ??= keyedList(part('cards'), ({ name }) => name, makeCard);
  show(providers.toSorted(byTrouble));
  setText(part('summary'), summarise(providers));
  setText(
    part('cards-note'),
    providers.length > 0 ? '' : 'There are none: this application calls no external service.',
  );
  // For who has it in a tab beside others.
  const failing = providers.filter(({ verdict }) => verdict === 'failing').length;
  const title = failing === 0 ? TITLE : `(${failing} failing) ${TITLE}`;
  if (document.title !== title) document.title = title;
};
