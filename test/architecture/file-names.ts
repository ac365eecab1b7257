const FORBIDDEN_WORDS = /^(util|utilitie|helper|common|shared|misc|base|manager|impl)s?$/;

/** What follows the first dot says what a file is to Nest or to the tests; a plain mechanism has no role. */
const ROLES: ReadonlySet<string> = new Set([
  ...['module', 'controller', 'repository', 'client', 'provider', 'schema', 'dto', 'config', 'setup', 'job'],
  ...['middleware', 'interceptor', 'filter', 'guard', 'pipe', 'hook'],
  ...['spec', 'e2e-spec', 'heavy-spec', 'stand-in', 'contract', 'document', 'd'],
]);

const KEBAB = /^[a-z][a-z\d]*(-[a-z\d]+)*$/;

/** What is wrong with the names in a path. */
export const findWrongNames = (path: string): string[] => {
  const parts = path.replace(/\.ts$/, '').split('/');
  const [name = '', ...roles] = parts.pop()?.split('.') ?? [];
  const names = [...parts, name];
  const words = names.flatMap((part) => part.split('-'));
  return [
    ...names.filter((part) => !KEBAB.test(part)).map((part) => `${path}: "${part}" is not kebab-case`),
    ...roles.filter((role) => !ROLES.has(role)).map((role) => `${path}: "${role}" is no role`),
    ...words.filter((word) => FORBIDDEN_WORDS.test(word)).map((word) => `${path}: "${word}" says nothing`),
  ];
};
