import type { IncomingHttpHeaders } from 'node:http';
import type { StandIn } from '../stand-in.ts';

/** An article as the stand-in keeps it; both shapes are made of it. */
export interface StoredArticle {
  /** Strapi's own, lasting one; made up when absent. */
  readonly documentId?: string;
  readonly slug: string;
  readonly title: string;
  readonly body?: string | null;
  /** ISO 8601. Default: some day of 2025. */
  readonly publishedAt?: string | null;
  readonly updatedAt?: string;
}

export interface CmsRequest {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface CmsOptions {
  /** Port on 127.0.0.1. Default: 0, the system chooses. */
  readonly port?: number;
  /** What it wants as `Authorization: Bearer …`. Default none: everybody may read. */
  readonly token?: string;
  /** Articles it has at first. Default: a dozen. */
  readonly articles?: readonly StoredArticle[];
  /** So many generated articles instead, made when asked for: none is kept in memory. */
  readonly generated?: number;
  /** Bytes of each generated body. Default 200. */
  readonly bodyBytes?: number;
  /** Largest page it gives, whatever is asked for. Default 100. */
  readonly maxPage?: number;
  /** The contract's answers leave `total`, `limit` and `offset` out. Default false. */
  readonly omitTotals?: boolean;
}

/** A CMS that speaks both shapes on one port. */
export interface CmsStandIn extends StandIn {
  /** Base URL for `CMS_KIND=contract`; ends in `/api/v1`. */
  readonly contractUrl: string;
  /** Base URL for `CMS_KIND=strapi`: the server itself; its REST API is under `/api`. */
  readonly strapiUrl: string;
  /** The newest requests, oldest first, at most 10,000. */
  readonly requests: readonly CmsRequest[];
  /** How many requests there were in all. */
  readonly requestCount: number;
  /** Adds an article, or replaces the one of that slug. */
  put(article: StoredArticle): void;
  remove(slug: string): void;
  /** Answers of lists from the `offset`th article on fail with `status` until `mend`. */
  failFrom(offset: number, status?: number): void;
  /** Cuts the connection instead, in the middle of the body. */
  cutFrom(offset: number): void;
  mend(): void;
  /** The JSON that Strapi's webhook would send of this article for `event`. */
  webhookBody(event: string, slug: string): object;
}
