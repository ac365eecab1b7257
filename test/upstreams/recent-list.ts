const REMEMBERED_AT_MOST = 10_000;

/** Appends; once the list is full its oldest tenth goes at one stroke, because shifting per request is quadratic. */
export function remember<Item>(list: Item[], item: Item): void {
  if (list.length >= REMEMBERED_AT_MOST) list.splice(0, REMEMBERED_AT_MOST / 10);
  list.push(item);
}
