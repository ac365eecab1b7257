import { isChosen, isFailure, isFiltering } from './call-filter.ts';
import { element, part, setHidden, setText } from './element.ts';
import { keyedList, type Shown } from './keyed-list.ts';
import { toCount, toMs, toWords } from './numbers.ts';
import { openReceipt } from './receipt.ts';
import { makeTime } from './server-time.ts';
import type { RemarkableCall } from './snapshot.ts';

let show: ((calls: readonly RemarkableCall[]) => void) | undefined;
let shownKeys: ReadonlySet<string> = new Set();
const canHover = matchMedia('(hover: hover)');

const NOTHING_YET =
  'None so far. Calls that fail, that are made again, that wait long or that are not let through will be listed here, each with its receipt.';
const NOTHING_CHOSEN = 'None of the last remarkable calls is like that.';

/** Shows the last remarkable calls, as far as they are chosen. */
export const showCalls = (calls: readonly RemarkableCall[]): void => {
  const chosen = calls.filter(isChosen);
  if (isHeld()) return setText(part('calls-note'), toHeld(chosen));
  show ??= keyedList(part('calls'), keyOf, makeRow);
  show(chosen);
  shownKeys = new Set(chosen.map(keyOf));
  setHidden(part('calls-table'), chosen.length === 0);
  setText(
    part('calls-note'),
    chosen.length > 0 ? '' : isFiltering() && calls.length > 0 ? NOTHING_CHOSEN : NOTHING_YET,
  );
};

/** A process that was started anew counts anew. */
const keyOf = ({ id, at }: RemarkableCall): string => `${id} ${at}`;

/** On a bad day all are others each second: nobody could choose one that does not keep still. */
const isHeld = (): boolean => {
  const table = part('calls-table');
  const isPointedAt = canHover.matches && table.matches(':hover');
  return isPointedAt || table.matches(':focus-within') || (part('receipt') as HTMLDialogElement).open;
};

const toHeld = (chosen: readonly RemarkableCall[]): string => {
  const newer = chosen.filter((call) => !shownKeys.has(keyOf(call))).length;
  return newer === 0 ? '' : `The list keeps still while you are in it. Newer ones: ${toCount(newer)}.`;
};

/** A row never changes: a call that is remarked has ended. */
const makeRow = (call: RemarkableCall): Shown<RemarkableCall> => {
  const open = element('button', { type: 'button', class: 'plain', 'aria-haspopup': 'dialog' }, call.operation);
  const outcome = toWords(call.outcome) + (call.status === null ? '' : ` (${call.status})`);
  const root = element('tr', { role: 'row', 'data-failure': String(isFailure(call)) });
  root.append(
    cell('when', makeTime('ago', call.at)),
    cell('provider', call.provider),
    cell('operation', open),
    cell('outcome', outcome),
    cell('duration', toMs(call.durationMs)),
    cell('attempts', String(call.attempts.length), element('span', { class: 'narrow' }, ' attempts')),
  );
  root.addEventListener('click', () => {
    if (document.getSelection()?.isCollapsed === false) return;
    // So that closing the receipt brings one back here.
    open.focus({ preventScroll: true });
    openReceipt(call);
  });
  return { root, update: () => undefined };
};

const cell = (name: string, ...children: readonly (Node | string)[]): HTMLElement =>
  element('td', { role: 'cell', class: name }, ...children);
