/** The branch that a reference becomes: a tag keeps its whole name, a pull request gets another one. */
export const branchOf = (reference: string): string => {
  if (reference.startsWith('refs/heads/')) return reference.slice('refs/heads/'.length);
  if (reference.startsWith('refs/pull/')) return `pull-request-${reference.slice('refs/pull/'.length)}`;
  return reference;
};
