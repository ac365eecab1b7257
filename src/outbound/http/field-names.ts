/** The names in a comma-separated field such as `Vary` or `Connection`, in lower case. */
export const toFieldNames = (field: string | string[] | undefined): string[] => {
  if (field === undefined) return [];
  const names = [field].flat().join(',').toLowerCase().split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
};
