import { createCatalogue, type CatalogueEntry } from './catalogue.ts';
import { resourceList } from './resource-list.ts';
import { storeDocument, type StoredDocument } from './stored-document.ts';

/** `unknown-resource` is a 404, `unknown-endpoint` a 400. */
export type Found = StoredDocument | 'unknown-resource' | 'unknown-endpoint';

const PATH = /^\/api\/v2\/([^/]+)(?:\/([^/]+))?\/?$/;

/** Looks up what a request target names. Each document is serialised once, when first asked for. */
export function createFindAnswer(apiUrl: string, charizardBytes?: number): (target: string) => Found {
  const catalogue = createCatalogue(apiUrl, charizardBytes);
  const documents = new Map<CatalogueEntry, StoredDocument>();
  return (target) => {
    const [path = '', query] = target.split('?', 2);
    const [, endpoint = '', key] = PATH.exec(path) ?? [];
    const entries = catalogue.get(endpoint);
    if (!entries) return 'unknown-endpoint';
    if (key === undefined) {
      return storeDocument(resourceList(`${apiUrl}/${endpoint}`, entries, new URLSearchParams(query)));
    }
    const entry = findEntry(entries, key.toLowerCase());
    return entry ? stored(documents, entry) : 'unknown-resource';
  };
}

function findEntry(entries: readonly CatalogueEntry[], key: string): CatalogueEntry | undefined {
  return entries.find(({ id, name }) => name === key || String(id) === key);
}

function stored(documents: Map<CatalogueEntry, StoredDocument>, entry: CatalogueEntry): StoredDocument {
  const known = documents.get(entry) ?? storeDocument(entry.toDocument());
  documents.set(entry, known);
  return known;
}
