import { showAccount, type Session } from './account.ts';
import { showArticles } from './articles.ts';
import { showBoard } from './board.ts';
import { noteStored } from './connection.ts';
import { part } from './element.ts';
import { fetchJson } from './fetch-json.ts';
import { forgetPrivate, keepForOffline } from './offline.ts';

const ASK_AGAIN_MS = 5_000;
const KEPT_FOR = 'live-kept-for';

let stopBoard: (() => void) | undefined;

const readSession = async (): Promise<Session | undefined> => {
  try {
    const { value, storedAt } = await fetchJson<Session>('/auth/session');
    if (storedAt) noteStored(storedAt);
    return value;
  } catch {
    return undefined;
  }
};

const showFor = async (): Promise<void> => {
  const session = await readSession();
  // Nobody knows: what was kept stays, and it is asked again.
  if (session === undefined) return void setTimeout(() => void showFor(), ASK_AGAIN_MS);
  // Once more: the service worker had kept it with what is forgotten now.
  if (await forgetOthers(session)) return showFor();
  stopBoard?.();
  stopBoard = undefined;
  showAccount(session, () => void showFor());
  const mayRead = session.scopes?.includes('ci:read') ?? false;
  part('ci-note').textContent = mayRead ? '' : toNote(session);
  if (mayRead) stopBoard = showBoard(() => void showFor());
};

/** What was kept for one user is not for the next, nor for nobody. Whether it was another one. */
const forgetOthers = async ({ subject = '' }: Session): Promise<boolean> => {
  if (subject === (localStorage.getItem(KEPT_FOR) ?? '')) return false;
  await forgetPrivate();
  localStorage.setItem(KEPT_FOR, subject);
  return true;
};

const toNote = ({ isLoggedIn }: Session): string =>
  isLoggedIn ? 'Your login does not allow you to see the CI board.' : 'Log in to see the CI board.';

// First, so that what is loaded is kept as well.
await keepForOffline().catch(() => undefined);
showArticles();
await showFor();
