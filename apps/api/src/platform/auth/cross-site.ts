import type { Request } from 'express';
import { NotAllowed } from '../errors/app-error.js';

/** Every change that a browser asks for carries this header; a page of another site cannot set it. */
export const REQUEST_HEADER = 'x-steward-request';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

type Asking = Pick<Request, 'get' | 'host' | 'method'>;

/** True for a browser's request that a page of another site started. */
function isFromElsewhere(request: Asking, publicUrl: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers leave Sec-Fetch-Site out on plain HTTP, but never Origin from a request that changes something.
  const origin = request.get('origin');
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const { host } = new URL(origin);
  return host !== request.host && host !== new URL(publicUrl).host;
}

/**
 * Cross-site protection, beside the cookie's SameSite=Lax: a request that changes something and is not authenticated
 * by an Authorization header (which no browser sends by itself) must (1) come from this site by Sec-Fetch-Site or, in
 * its absence, by Origin, and (2) carry `X-Steward-Request`, which another site could only send after a preflight that
 * is never granted. This holds for signing in too, or a page could sign its visitor in as someone else.
 */
export function refuseCrossSite(request: Asking, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method) || request.get('authorization') !== undefined) return;
  if (isFromElsewhere(request, publicUrl) || !request.get(REQUEST_HEADER)) {
    throw new NotAllowed(
      'This request did not come from a page of Steward. Programs send an API key in the Authorization header.',
      'CROSS_SITE_REQUEST',
    );
  }
}
