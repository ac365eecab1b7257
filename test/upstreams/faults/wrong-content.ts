import { JSON_TYPE, type Fault, type Faults } from './fault.ts';

const HTML_TYPE = { 'Content-Type': 'text/html; charset=utf-8' };
const MAINTENANCE_PAGE = '<!doctype html><title>Maintenance</title><p>We will be back soon.</p>';

/** Well-formed HTTP with status 200 whose content is not what its caller, or its own header, expects. */
export const wrongContent: Faults = {
  'wrong-content-type': processedThen(HTML_TYPE, MAINTENANCE_PAGE),
  'mislabelled-json': processedThen(HTML_TYPE, '{"ok":true}'),
  'unlabelled-json': processedThen({}, '{"ok":true}'),
  'invalid-json': processedThen(JSON_TYPE, '{"ok":tru'),
  empty: processedThen(JSON_TYPE, ''),
  'wrong-shape': processedThen(JSON_TYPE, '[1,2,3]'),
  'broken-gzip': processedThen({ ...JSON_TYPE, 'Content-Encoding': 'gzip' }, 'this was never compressed'),
};

function processedThen(headers: Readonly<Record<string, string>>, body: string): Fault {
  return (exchange, context) => {
    context.perform();
    exchange.answer(200, headers, body);
  };
}
