import { copyable } from './copy.ts';
import { element, keepFocus, part, setHidden, setText } from './element.ts';
import { showFacts, type Fact } from './facts.ts';
import { showLines } from './lines.ts';
import { toCount, toMs, toWords } from './numbers.ts';
import { toExactTime } from './server-time.ts';
import type { RemarkableCall } from './snapshot.ts';
import { drawWaterfall } from './waterfall.ts';

/** Shows what was done for one call, attempt by attempt. Escape closes it. */
export const openReceipt = (call: RemarkableCall): void => {
  setText(part('receipt-title'), `${call.provider} ${call.operation}`);
  setText(part('receipt-request'), `${call.method} ${call.template}`);
  showFacts(part('receipt-facts'), factsOf(call));
  part('receipt-waterfall').replaceChildren(...drawWaterfall(call));
  showLines(part('receipt-decisions'), call.decisions);
  setHidden(part('receipt-why'), call.decisions.length === 0);
  showIds(call);
  setText(part('receipt-note'), '');
  const dialog = part('receipt') as HTMLDialogElement;
  dialog.showModal();
  dialog.scrollTop = 0;
};

const factsOf = (call: RemarkableCall): Fact[] => [
  { name: 'Outcome', value: toWords(call.outcome), isTrouble: call.outcome !== 'answered' },
  { name: 'Status', value: call.status === null ? 'no answer' : String(call.status) },
  { name: 'Duration', value: toMs(call.durationMs) },
  { name: 'Attempts', value: toCount(call.attempts.length) },
  { name: 'Cache', value: call.cache === null ? 'not asked' : call.cache },
  { name: 'Ended', value: toExactTime(call.at) },
];

const showIds = ({ requestId, traceId }: RemarkableCall): void => {
  const ids = [
    ['Request', requestId],
    ['Trace', traceId],
  ] as const;
  const known = ids.flatMap(([name, id]) => (id === null ? [] : [copyable(name, id)]));
  const none = element('p', { class: 'note' }, 'It was made for no request.');
  part('receipt-ids').replaceChildren(...(known.length > 0 ? known : [none]));
};

/** Makes the ways out work. */
export const beginReceipts = (): void => {
  const dialog = part('receipt') as HTMLDialogElement;
  part('receipt-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => keepFocus('calls-title'));
  dialog.addEventListener('click', ({ target }) => {
    // Beside it: what lies behind a dialog is the dialog to a click.
    if (target === dialog) dialog.close();
  });
};
