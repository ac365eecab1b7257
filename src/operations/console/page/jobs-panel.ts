import { retryButton } from './actions.ts';
import { element, part, setText } from './element.ts';
import { showFacts, type Fact } from './facts.ts';
import { keyedList, type Shown } from './keyed-list.ts';
import { NONE, toCount, toDuration, toWords } from './numbers.ts';
import { makeTime, setTime } from './server-time.ts';
import type { DeadLetter, JobsState } from './snapshot.ts';

const NOT_KNOWN =
  'Their store is not open, or does not answer. How many calls wait, run and failed is shown once the store is in use.';
const NO_LETTERS =
  'None. Calls that could not be made, or of which nobody knows whether they were, will be listed here.';

let showLetters: ((letters: readonly DeadLetter[]) => void) | undefined;

/** Shows the calls that are made in the background, and those that went wrong. */
export const showJobs = (jobs: JobsState | null, letters: readonly DeadLetter[]): void => {
  showFacts(part('jobs-facts'), jobs === null ? [] : factsOf(jobs));
  setText(part('jobs-note'), jobs === null ? NOT_KNOWN : '');
  showLetters ??= keyedList(part('dead-letters'), ({ id }) => id, makeLetter);
  showLetters(letters);
  setText(part('dead-letters-note'), letters.length > 0 ? '' : NO_LETTERS);
};

const factsOf = ({ queued, running, failed, outcomeUnknown, oldestDueS }: JobsState): Fact[] => [
  { name: 'Queued', value: toCount(queued) },
  { name: 'Running', value: toCount(running) },
  {
    name: 'Oldest due',
    value: oldestDueS === null ? NONE : toDuration(oldestDueS),
    title: 'It could be made, and is not',
  },
  { name: 'Failed', value: toCount(failed), isTrouble: failed > 0 },
  { name: 'Outcome unknown', value: toCount(outcomeUnknown), isTrouble: outcomeUnknown > 0 },
];

const makeLetter = (first: DeadLetter): Shown<DeadLetter> => {
  let letter = first;
  const [state, finished, problem] = [element('span', { class: 'state' }), makeTime('ago'), element('p')];
  const attempts = element('span', { class: 'quiet' });
  const retry = retryButton(() => letter);
  retry.append(element('span', { class: 'unseen' }, ` ${first.operation}`));
  const words = element('div', {}, element('p', {}, element('strong', {}, first.operation), ' ', state), problem);
  words.append(element('p', { class: 'quiet' }, attempts, finished));
  return {
    root: element('li', { 'data-letter': first.id }, words, retry),
    update: (value) => {
      letter = value;
      setText(state, toWords(value.state));
      setText(problem, value.problem ?? '');
      setText(
        attempts,
        `${toCount(value.attempts)} ${value.attempts === 1 ? 'attempt' : 'attempts'}${value.finishedAt === null ? '' : ' · '}`,
      );
      if (value.finishedAt !== null) setTime(finished, value.finishedAt);
    },
  };
};
