import { keepFocus, part, setText } from './element.ts';

/** What is asked before something is done. */
export interface Question {
  /** `Isolate pokeapi?` */
  readonly title: string;
  /** What will happen. */
  readonly consequence: string;
  /** What the button says that does it. */
  readonly verb: string;
}

/** Asks, and resolves with whether it is to be done. Escape says no; afterwards the focus is where it was. */
export const confirm = ({ title, consequence, verb }: Question): Promise<boolean> => {
  const dialog = part('confirm') as HTMLDialogElement;
  const [yes, no] = [part('confirm-yes'), part('confirm-no')];
  setText(part('confirm-title'), title);
  setText(part('confirm-consequence'), consequence);
  setText(yes, verb);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let isWanted = false;
  yes.onclick = () => {
    isWanted = true;
    dialog.close();
  };
  no.onclick = () => dialog.close();
  dialog.onclose = () => {
    keepFocus('jobs-title');
    resolve(isWanted);
  };
  dialog.showModal();
  return promise;
};
