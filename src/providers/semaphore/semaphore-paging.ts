/** One page, whichever of Semaphore's three ways of paging is behind it. */
export interface SemaphorePage<T> {
  readonly items: readonly T[];
  /** Where the next page begins: plain JSON, to be handed back as it is; null at the end. */
  readonly next: SemaphorePosition | null;
}

/** By number with the size of pages it counts in, within a page that is larger than asked for, or by Semaphore's own token. */
export type SemaphorePosition =
  | { readonly page: number; readonly size: number }
  | { readonly page: number; readonly skip: number }
  | { readonly token: string };

export interface SemaphorePaging {
  /** 1 to 100. The same for all pages of a walk. */
  readonly limit: number;
  /** `next` of the page before; undefined: the first page. */
  readonly position?: SemaphorePosition | undefined;
}
