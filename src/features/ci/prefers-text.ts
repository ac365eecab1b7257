interface Range {
  readonly type: string;
  readonly quality: number;
}

const TEXT = ['text/plain', 'text/*', '*/*'];
const JSON_TYPE = ['application/json', 'application/*', '*/*'];

/** Whether `Accept` asks for plain text rather than for JSON (RFC 9110 §12.5.1); what names one itself breaks a tie. */
export const prefersText = (accept: string | undefined): boolean => {
  const ranges = (accept ?? '*/*').toLowerCase().split(',').map(toRange);
  const [text, json] = [find(ranges, TEXT), find(ranges, JSON_TYPE)];
  return text.quality > json.quality || (text.quality > 0 && text.quality === json.quality && isNearer(text, json));
};

const toRange = (text: string): Range => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
};

/** By the range that is nearest to the type: it outweighs the others. */
const find = (ranges: readonly Range[], nearestFirst: readonly string[]): Range => {
  const found = nearestFirst.map((type) => ranges.find((range) => range.type === type));
  return found.find((range) => range !== undefined) ?? { type: '', quality: 0 };
};

const isNearer = (text: Range, json: Range): boolean => stars(text) < stars(json);

const stars = ({ type }: Range): number => type.split('*').length;
