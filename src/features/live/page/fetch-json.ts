/** What was read, and when the service worker had stored it, if the network could not be asked. */
export interface Loaded<T> {
  readonly value: T;
  readonly storedAt: Date | undefined;
}

/** An answer that is not what was asked for; without a status there was none. */
export class LoadFailure extends Error {
  readonly status: number | undefined;

  constructor(status: number | undefined, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** @throws LoadFailure, its message for whoever looks */
export const fetchJson = async <T>(path: string): Promise<Loaded<T>> => {
  // What the browser has kept is asked about: we know that something changed, it does not.
  const options = { headers: { accept: 'application/json' }, cache: 'no-cache' } as const;
  const response = await fetch(path, options).catch(() => undefined);
  if (response === undefined) throw new LoadFailure(undefined, 'There is no connection.');
  const body = (await response.json().catch(() => ({}))) as unknown;
  if (!response.ok) {
    const { detail, title } = body as { readonly detail?: string; readonly title?: string };
    throw new LoadFailure(response.status, detail ?? title ?? `The answer was ${response.status}.`);
  }
  const storedAt = response.headers.get('x-live-stored-at');
  return { value: body as T, storedAt: storedAt === null ? undefined : new Date(storedAt) };
};
