import type { Request } from 'express';
import { NotAllowed } from '../errors/app-error.js';

/** Every change that a browser asks for carries this header; a page of another site cannot set it. */
export const REQUEST_HEADER = 'x-steward-request';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for a browser's request that a page of another site started. */
function isFromElsewhere(request: Pick<Request, 'get' | 'host'>): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  // Browsers leave Sec-Fetch-Site out on plain HTTP, but never Origin from a request that changes something.
  const origin = request.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.host;
}

/**
 * Cross-site protection, beside the cookie's SameSite=Lax: a request that changes something and is not authenticated
 * by an Authorization header (which no browser sends by itself) must (1) come from this site by Sec-Fetch-Site or, in
 * its absence, by Origin, and (2) carry `X-Steward-Request`, which another site could only send after a preflight that
 * is never granted. This holds for signing in too, or a page could sign its visitor in as someone else.
 */
export function refuseCrossSite(request: Pick<Request, 'get' | 'host' | 'method'>): void {
  if (SAFE_METHODS.has(request.method) || request.get('authorization') !== undefined) return;
  if (isFromElsewhere(request) || !request.get(REQUEST_HEADER)) {
    throw new NotAllowed(
      'This request did not come from a page of Steward. Programs send an API key in the Authorization header.',
      'CROSS_SITE_REQUEST',
    );
  }
}
