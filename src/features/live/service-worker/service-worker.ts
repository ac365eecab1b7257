// A script and not a module, as not all browsers take modules here: nothing is imported or exported.
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL = 'live-shell-1';
const PUBLIC = 'live-public-1';
/** What is one user's: the page forgets it when they log out. */
const PRIVATE = 'live-private-1';

/** Answers kept in each. */
const MAX_KEPT = 100;

const STORED_AT = 'x-live-stored-at';

/** Where the last answer to a request is kept; undefined: it is none of ours. */
const toCacheName = ({ pathname }: URL): string | undefined => {
  if (pathname === '/live' || pathname.startsWith('/live/')) return SHELL;
  if (pathname === '/api/v1/articles') return PUBLIC;
  if (pathname === '/auth/session' || pathname.startsWith('/api/v1/ci/')) return PRIVATE;
  return undefined;
};

/** From the network; what was stored before when it has nothing better. */
const answer = async (request: Request, name: string): Promise<Response> => {
  const cache = await caches.open(name);
  const response = await fetch(request).catch(() => undefined);
  if (response?.ok === true) await keep(cache, request, response.clone());
  if (response !== undefined && response.status < 500) return response;
  return (await cache.match(request, { ignoreSearch: name === SHELL })) ?? response ?? Response.error();
};

const keep = async (cache: Cache, request: Request, response: Response): Promise<void> => {
  await cache.put(request, await withTime(response));
  const kept = await cache.keys();
  // In the order in which they came: the oldest go.
  for (const old of kept.slice(0, Math.max(0, kept.length - MAX_KEPT))) await cache.delete(old);
};

/** A copy that says when it was made. */
const withTime = async (response: Response): Promise<Response> => {
  const headers = new Headers(response.headers);
  headers.set(STORED_AT, new Date().toISOString());
  return new Response(await response.blob(), { status: response.status, headers });
};

/** Everything that the page is made of is there from the first visit on. */
const begin = async (): Promise<void> => {
  const files = (await (await fetch('/live/files.json')).json()) as string[];
  await (await caches.open(SHELL)).addAll(files);
  await worker.skipWaiting();
};

const clean = async (): Promise<void> => {
  const ours = new Set([SHELL, PUBLIC, PRIVATE]);
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('live-') && !ours.has(name)).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
};

worker.addEventListener('install', (event) => event.waitUntil(begin()));
worker.addEventListener('activate', (event) => event.waitUntil(clean()));
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  const name = toCacheName(url);
  if (name !== undefined) event.respondWith(answer(event.request, name));
});
