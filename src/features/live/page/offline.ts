interface ScriptUrls {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
}
declare const trustedTypes: TrustedTypes | undefined;

/** As the service worker calls it. */
const PRIVATE = 'live-private-1';
const SCRIPT = '/live/service-worker.js';

/** A page that was reloaded by force is left alone by service workers. */
const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_000));

/** The one script that the page may start: all others are refused by its Content-Security-Policy. */
const toScript = (): string => {
  if (typeof trustedTypes === 'undefined') return SCRIPT;
  return trustedTypes.createPolicy('live', { createScriptURL: () => SCRIPT }).createScriptURL(SCRIPT);
};

/** Has the page and its last data kept for when there is no connection. Without service workers it works all the same. */
export const keepForOffline = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const isInControl = new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve));
  await serviceWorker.register(toScript(), { scope: '/live' });
  if (serviceWorker.controller === null) await Promise.race([isInControl, patience()]);
};

/** What was kept for one user is not for the next. */
export const forgetPrivate = async (): Promise<void> => {
  // The page and its worker share it; the worker is not there in a page that was reloaded by force.
  if ('caches' in window) await caches.delete(PRIVATE);
};
