import type { Import } from './imports-of.ts';

/** Who may import whom. A folder may always import itself; files directly in `src` may import everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  outbound: ['platform'],
  realtime: ['platform'],
  jobs: ['platform', 'outbound'],
  inbound: ['platform', 'outbound'],
  providers: ['platform', 'outbound'],
  gateway: ['platform', 'outbound', 'inbound'],
  features: ['platform', 'outbound', 'inbound', 'providers', 'jobs', 'realtime'],
  operations: ['platform', 'outbound', 'inbound', 'jobs', 'realtime', 'gateway'],
};

/** Folders whose subfolders know nothing of each other. */
const APART = ['providers', 'features'];

/** What one import does wrong; undefined when it is fine. */
type Rule = (found: Import) => string | undefined;

const folderOf = (path: string): string | undefined => (path.includes('/') ? path.split('/')[0] : undefined);
const isIn = (path: string, ...folders: string[]): boolean => folders.some((folder) => path.startsWith(`${folder}/`));

const staysInside: Rule = ({ target }) => (target?.startsWith('..') ? 'leaves src' : undefined);

const followsTable: Rule = ({ from, target }) => {
  const importer = folderOf(from);
  const imported = target === undefined ? undefined : (folderOf(target) ?? 'src itself');
  if (importer === undefined || imported === undefined || importer === imported) return undefined;
  const allowed = MAY_IMPORT[importer];
  if (allowed === undefined) return `${importer} is not in the table`;
  return allowed.includes(imported) ? undefined : `${importer} may not import ${imported}`;
};

const keepsApart: Rule = ({ from, target = '' }) => {
  const folder = APART.find((apart) => isIn(from, apart) && isIn(target, apart));
  const isSibling = folder !== undefined && from.split('/')[1] !== target.split('/')[1];
  return isSibling ? `siblings in ${folder} may not import each other` : undefined;
};

const entersOutboundByItsDoor: Rule = ({ from, target = '' }) => {
  const isPast = isIn(target, 'outbound') && !isIn(from, 'outbound') && target !== 'outbound/index.ts';
  return isPast ? 'outbound is entered through its index.ts only' : undefined;
};

const hasNoOtherBarrel: Rule = ({ from, isReExport }) =>
  isReExport && from !== 'outbound/index.ts' ? 'only outbound/index.ts may re-export' : undefined;

const hidesAxios: Rule = ({ from, specifier }) => {
  if (specifier === 'axios' && !isIn(from, 'outbound/http')) return 'only outbound/http knows axios';
  const mayHaveHttpService = isIn(from, 'outbound', 'providers');
  return specifier === '@nestjs/axios' && !mayHaveHttpService ? 'HttpService is for providers only' : undefined;
};

const RULES: readonly Rule[] = [
  staysInside,
  followsTable,
  keepsApart,
  entersOutboundByItsDoor,
  hasNoOtherBarrel,
  hidesAxios,
];

/** One sentence for each import that breaks a rule. */
export const findForbidden = (imports: readonly Import[]): string[] =>
  imports.flatMap((found) =>
    RULES.flatMap((rule) => {
      const wrong = rule(found);
      return wrong === undefined ? [] : [`${found.from} imports ${found.specifier}: ${wrong}`];
    }),
  );
