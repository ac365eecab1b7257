/** Whether `Accept-Encoding` allows `coding` (RFC 9110 §12.5.3); without the header everything is allowed. */
export const acceptsCoding = (acceptEncoding: string | undefined, coding: string): boolean => {
  if (acceptEncoding === undefined) return true;
  const items = acceptEncoding.toLowerCase().split(',').map(toItem);
  const item = items.find(({ name }) => name === coding) ?? items.find(({ name }) => name === '*');
  return item?.isWanted ?? false;
};

const toItem = (text: string): { name: string; isWanted: boolean } => {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return { name, isWanted: weight === undefined || Number(weight.slice(2)) > 0 };
};
