import { announce } from './announce.ts';
import { confirm, type Question } from './confirm.ts';
import { button, element, setAttribute, setHidden } from './element.ts';
import { toCount } from './numbers.ts';
import type { DeadLetter, ProviderCard } from './snapshot.ts';
import { write, type Written } from './write.ts';

/** Something that an operator can have done. */
interface Action extends Question {
  readonly send: () => Promise<Written>;
  /** What is said when it is done. */
  readonly toOutcome: (body: unknown) => string;
}

/** Asks first, and says what came of it. */
const perform = async ({ send, toOutcome, title, ...question }: Action): Promise<void> => {
  if (!(await confirm({ title, ...question }))) return;
  announce(`${question.verb} …`);
  const written = await send();
  if (written.isDone) announce(toOutcome(written.body));
  else announce(`Not done (${title.replace(/\?$/, '')}): ${written.why}`, true);
};

const toPath = (name: string, what: string): string => `/ops/providers/${encodeURIComponent(name)}/${what}`;

const isolate = (name: string): Action => ({
  title: `Isolate ${name}?`,
  consequence: `From now on all calls to ${name} fail at once, until you reset its circuit. Stored answers are still served. This process only: others that run beside it go on.`,
  verb: 'Isolate',
  send: () => write('POST', toPath(name, 'isolate')),
  toOutcome: () => `${name} is isolated: no call is let through until its circuit is reset.`,
});

const reset = (name: string): Action => ({
  title: `Reset the circuit of ${name}?`,
  consequence: `Its failures so far are forgotten, an isolation ends, and calls to ${name} are let through at once. This process only: others that run beside it go on.`,
  verb: 'Reset circuit',
  send: () => write('POST', toPath(name, 'reset')),
  toOutcome: () => `The circuit of ${name} is closed: calls are let through.`,
});

const purge = (name: string): Action => ({
  title: `Purge the cache of ${name}?`,
  consequence: `All stored answers of ${name} are forgotten, in every process that shares the store. Until they are fetched anew, each request costs a call, and none can be answered while ${name} is down.`,
  verb: 'Purge cache',
  send: () => write('DELETE', `/ops/cache?provider=${encodeURIComponent(name)}`),
  toOutcome: (body) => toForgotten(name, (body as { readonly forgotten?: unknown } | null)?.forgotten),
});

const toForgotten = (name: string, count: unknown): string => {
  const known = typeof count === 'number' ? `${toCount(count)} stored ${count === 1 ? 'answer' : 'answers'}` : 'All';
  return `${known} of ${name} forgotten.`;
};

const retry = ({ id, operation, state }: DeadLetter): Action => ({
  title: `Retry ${operation}?`,
  consequence:
    state === 'outcome_unknown'
      ? `Nobody knows whether it was done: if it was, it may be done twice. Look at the external service first. Its id is ${id}.`
      : `It is made again, its attempts counted anew. Its id is ${id}.`,
  verb: 'Retry',
  send: () => write('POST', `/ops/calls/${encodeURIComponent(id)}/retry`),
  toOutcome: () => `${operation} is queued again.`,
});

/** What can be done about a service. */
export const cardButtons = (
  name: string,
): { readonly root: HTMLElement; readonly update: (c: ProviderCard) => void } => {
  const choices = [
    ['Isolate', isolate],
    ['Reset circuit', reset],
    ['Purge cache', purge],
  ] as const;
  const [cut, ...rest] = choices.map(([text, toAction]) => named(text, name, () => void perform(toAction(name))));
  const root = element('div', { class: 'buttons' }, cut!, ...rest);
  return {
    root,
    update: ({ verdict, isIsolated }) => {
      setHidden(root, verdict === 'off');
      // Not disabled, which would lose the focus to nowhere.
      setAttribute(cut!, 'aria-disabled', String(isIsolated));
    },
  };
};

/** A button that says its object to who hears it out of its place. */
const named = (text: string, object: string, whenChosen: () => void): HTMLButtonElement => {
  const made = button(text, () => {
    if (made.getAttribute('aria-disabled') !== 'true') whenChosen();
  });
  made.append(element('span', { class: 'unseen' }, ` of ${object}`));
  return made;
};

/** `letter` is the one that the page shows when it is chosen. */
export const retryButton = (letter: () => DeadLetter): HTMLButtonElement =>
  button('Retry', () => void perform(retry(letter())));
