import { announce } from './announce.ts';
import { button, element, part, setHidden, setText } from './element.ts';
import type { RemarkableCall } from './snapshot.ts';

let provider: string | undefined;
let whenChanged = (): void => undefined;

/** The service whose calls alone are shown; undefined: all are. */
export const chosenProvider = (): string | undefined => provider;

/** Shows the calls of one service alone; chosen again, those of all. */
export const chooseProvider = (name: string): void => {
  provider = provider === name ? undefined : name;
  showChoice();
  whenChanged();
  // They may be out of sight.
  announce(provider === undefined ? 'The remarkable calls of all services are shown.' : toNews(provider));
};

const toNews = (name: string): string => `Of the remarkable calls, only those of ${name} are shown.`;

const failuresOnly = (): HTMLInputElement => part('only-failures') as HTMLInputElement;

export const isFailure = ({ outcome }: RemarkableCall): boolean => outcome !== 'answered';

/** Whether a call is to be seen. */
export const isChosen = (call: RemarkableCall): boolean =>
  (provider === undefined || call.provider === provider) && (!failuresOnly().checked || isFailure(call));

/** Whether any call may be hidden. */
export const isFiltering = (): boolean => provider !== undefined || failuresOnly().checked;

const showChoice = (): void => {
  const place = part('only-provider');
  setHidden(place, provider === undefined);
  setText(place.querySelector('strong')!, provider ?? '');
};

/** Makes the choices work. */
export const beginFilter = (changed: () => void): void => {
  whenChanged = changed;
  failuresOnly().addEventListener('change', changed);
  const all = button('Show all services', () => {
    if (provider !== undefined) chooseProvider(provider);
    // The button is gone: who used the keyboard goes on beside it.
    failuresOnly().focus();
  });
  part('only-provider').append('Only ', element('strong'), ' ', all);
};
