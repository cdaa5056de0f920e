import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

/** Paths that belong to the API and to those who watch the process; everything else is a page or a file of one. */
const API_PATHS = /^\/(?:(?:api|v1)(?:\/|$)|health\/(?:live|ready)$)/;

/** A file's name has an ending; so has the address of a signal's page, which a browser asks for as a page. */
const isFile = (request: Request): boolean =>
  extname(request.path) !== '' && !(request.headers.accept ?? '').includes('text/html');

/**
 * Serves the built pages. Files under /assets carry a hash of their content in the name and are kept by browsers for a
 * year; every other path is a route of the page itself, so it answers index.html, which is asked for anew each time.
 */
export function pages(folder: string): RequestHandler[] {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return [];
  const assets = express.static(join(folder, 'assets'), {
    immutable: true,
    maxAge: '1y',
    index: false,
    fallthrough: true,
  });
  const files = express.static(folder, { index: false, maxAge: 0, dotfiles: 'ignore' });
  return [
    (request, response, next) => {
      if (!request.path.startsWith('/assets/')) return next();
      request.url = request.url.slice('/assets'.length);
      assets(request, response, () => response.status(404).type('text').send('There is no such file.'));
    },
    (request, response, next) => (API_PATHS.test(request.path) ? next() : files(request, response, next)),
    (request: Request, response: Response, next: NextFunction) => {
      const isPage = request.method === 'GET' && !API_PATHS.test(request.path) && !isFile(request);
      if (!isPage) return next();
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(index);
    },
  ];
}
