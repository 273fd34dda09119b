import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler, Response } from 'express';
import sirv from 'sirv';

/** Angular puts eight letters of a hash into the names of files that never change. */
const HASHED_FILE = /-[A-Z0-9]{8}\.\w+$/;
/** Answered by controllers, never with a page. */
const NOT_PAGES = /^\/(?:api|healthz|readyz|metrics)(?:\/|$)/;

/**
 * Serves the built web app: files as they are (or compressed beforehand), `index.html` for every
 * address that only the app knows. Everything else is left to the controllers.
 */
export function webApp(folder: string): RequestHandler {
  const serve = existsSync(join(folder, 'index.html')) ? serveFiles(folder) : sayNotBuilt;
  return (request, response, next) => {
    const isForPages = request.method === 'GET' || request.method === 'HEAD';
    if (!isForPages || NOT_PAGES.test(request.path)) next();
    else serve(request, response, next);
  };
}

function serveFiles(folder: string): RequestHandler {
  return sirv(folder, {
    etag: true,
    gzip: true,
    brotli: true,
    single: true,
    setHeaders: (response, pathname) => {
      const cache = HASHED_FILE.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', cache);
    },
  });
}

function sayNotBuilt(_request: unknown, response: Response): void {
  response
    .status(503)
    .type('text/plain')
    .send('The web app is not built: stop FabOMatic and run "npm start", which builds it.\n');
}
