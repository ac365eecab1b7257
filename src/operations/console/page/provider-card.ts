import { cardButtons } from './actions.ts';
import { chosenProvider, chooseProvider } from './call-filter.ts';
import { element, setAttribute, setText } from './element.ts';
import { showFacts } from './facts.ts';
import type { Shown } from './keyed-list.ts';
import { showLastError } from './last-error.ts';
import { showLines } from './lines.ts';
import { factsOf, noticesOf } from './provider-facts.ts';
import { makeServers } from './servers.ts';
import { makeTime, setTime } from './server-time.ts';
import type { ProviderCard } from './snapshot.ts';
import { makeSparks } from './sparks.ts';
import { makeVerdict, setVerdict } from './verdicts.ts';

/** How one service does. Its name chooses its calls below. */
export const makeCard = ({ name }: ProviderCard): Shown<ProviderCard> => {
  const choose = element('button', { type: 'button', class: 'plain', 'aria-pressed': 'false' }, name);
  const [verdict, since, why] = [makeVerdict(), makeTime('for'), element('p', { class: 'why' })];
  const sparks = makeSparks();
  const [notices, lastError] = [element('ul', { class: 'notices' }), element('p', { class: 'last-error' })];
  const facts = element('dl', { class: 'facts' });
  const servers = makeServers();
  const buttons = cardButtons(name);
  const root = element('li', { class: 'card', 'data-provider': name });
  root.append(element('div', { class: 'card-head' }, element('h3', {}, choose), verdict, since), why, notices);
  root.append(sparks.root, facts, lastError, servers.root, buttons.root);
  root.addEventListener('click', ({ target }) => {
    const isElsewhere = target instanceof Element && target.closest('button:not(.plain), summary, .last-error');
    if (!isElsewhere && document.getSelection()?.isCollapsed !== false) chooseProvider(name);
  });
  return {
    root,
    update: (card) => {
      setAttribute(root, 'data-verdict', card.verdict);
      setAttribute(choose, 'aria-pressed', String(chosenProvider() === name));
      setVerdict(verdict, card.verdict);
      setTime(since, card.since);
      setText(why, card.why);
      showLines(notices, noticesOf(card));
      sparks.update(card);
      showFacts(facts, factsOf(card));
      showLastError(lastError, card.lastError);
      servers.update(card.servers);
      buttons.update(card);
    },
  };
};
