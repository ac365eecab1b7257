import { element, part } from './element.ts';

/** What `/auth/session` says. */
export interface Session {
  readonly isLoggedIn: boolean;
  readonly subject?: string;
  readonly name?: string;
  readonly scopes?: readonly string[];
}

/** Shows who is logged in, and the way in or out. */
export const showAccount = (session: Session, whenLoggedOut: () => void): void => {
  const place = part('account');
  if (!session.isLoggedIn) return place.replaceChildren(element('a', { href: '/auth/login?returnTo=/live' }, 'Log in'));
  const leave = element('button', { type: 'button' }, 'Log out');
  leave.addEventListener('click', () => void logOut(whenLoggedOut));
  place.replaceChildren(`${session.name ?? session.subject ?? ''} `, leave);
};

const logOut = async (whenLoggedOut: () => void): Promise<void> => {
  const headers = { 'x-requested-with': 'live' };
  const response = await fetch('/auth/logout', { method: 'POST', headers }).catch(() => undefined);
  if (!response?.ok) return;
  whenLoggedOut();
  const { logoutUrl } = (await response.json()) as { readonly logoutUrl?: string };
  if (logoutUrl !== undefined) location.assign(logoutUrl);
};
