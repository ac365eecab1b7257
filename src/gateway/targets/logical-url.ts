import type { UpstreamTarget } from '../routes/target-options.ts';

/** What an upstream goes by, whichever of its servers answers: what its answers are kept under, for one. */
export const logicalUrl = ({ discovery, basePath }: UpstreamTarget): string => {
  if (discovery.by === 'list') return new URL(discovery.endpoints[0]!.url).origin + basePath;
  if (discovery.by === 'file') return `http://servers.invalid${basePath}`;
  const host = discovery.name.replace(/\.$/, '');
  return `${discovery.scheme}://${host}${discovery.by === 'dns' ? `:${discovery.port}` : ''}${basePath}`;
};
