import { basePathOf } from './endpoints.schema.ts';
import type { Found } from './strict.ts';

interface Listed {
  readonly endpoints?: readonly { readonly url: string; readonly weight: number }[];
  readonly basePath?: string;
}

/** Servers behind one upstream answer alike: they differ in where they are and in nothing else. */
export const checkEndpoints = ({ sound: { endpoints = [], basePath }, report }: Found<Listed>): void => {
  const [first] = endpoints;
  if (first === undefined) return;
  const { protocol } = new URL(first.url);
  const origins = new Map<string, number>();
  for (const [index, { url }] of endpoints.entries()) {
    const where = ['endpoints', index];
    const own = new URL(url);
    const twin = origins.get(own.origin);
    if (twin === undefined) origins.set(own.origin, index);
    else report(where, `is the same server as endpoints[${twin}]: leave it out`);
    if (own.protocol !== protocol) report(where, `is not ${protocol}// as endpoints[0]: give all the same scheme`);
    if (basePathOf(url) !== basePathOf(first.url))
      report(where, 'has another path than endpoints[0]: give all the same path');
  }
  checkBasePath(basePathOf(first.url), basePath, report);
};

const checkBasePath = (ofEndpoints: string, written: string | undefined, report: Found<Listed>['report']): void => {
  if (written === undefined || ofEndpoints === '' || written === ofEndpoints) return;
  report(['basePath'], `is not ${ofEndpoints}, the path of the endpoints: write the path in one of the two places`);
};
