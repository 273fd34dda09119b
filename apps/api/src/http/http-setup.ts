import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppError } from '@fabomatic/kernel';
import type { NextFunction, Request, Response } from 'express';
import { API_DOCS, API_JSON, describeApi } from './api-description';
import { errorBody } from './app-exception.filter';
import { limitBodyTime, LONGEST_UPLOAD_MS } from './body-time';
import { correlate, correlationIdOf } from './correlation';
import { refuseOtherSites } from './same-origin';
import { securityHeaders } from './security-headers';
import { webApp } from './web-app';

const BODY_LIMIT = '1mb';
/** Whoever takes longer to say what they want keeps the place of others. */
const HEADERS_TIMEOUT_MS = 15_000;
/** Each costs memory; a lab has some hundred browsers at most. */
const MAX_CONNECTIONS = 2000;
/** How often Node looks for connections that take too long; an option when the server is made. */
export const CONNECTIONS_CHECKED_EVERY_MS = 5000;
/** Where controllers answer. */
const KNOWN_ADDRESS = new RegExp(
  `^/(?:api/v1/.|healthz$|readyz$|metrics$|unsubscribe$|${API_JSON}$|${API_DOCS}(?:/|$))`,
);

export interface HttpOptions {
  readonly isTls: boolean;
  /** Of the product, for the description of the API. */
  readonly version: string;
  /** Express's `trust proxy`; null: believe nobody. */
  readonly trustProxy: string | null;
  /** Where the built web app lies. */
  readonly webAppFolder: string;
}

/** What stands before the controllers. The app must be made with `bodyParser: false`. */
export function setUpHttp(app: NestExpressApplication, options: HttpOptions): void {
  if (options.trustProxy !== null) app.set('trust proxy', options.trustProxy);
  // Express then keeps stacks out of the few answers that it gives by itself.
  app.set('env', 'production');
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(limitBodyTime);
  app.use(correlate);
  app.use(securityHeaders(options));
  app.use(webApp(options.webAppFolder));
  app.use(refuseUnknown);
  app.use('/api/v1', keepNowhere);
  app.use(refuseOtherSites);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.setGlobalPrefix('api/v1', { exclude: ['healthz', 'readyz', 'metrics', 'unsubscribe'] });
  describeApi(app, options.version);
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = LONGEST_UPLOAD_MS;
  server.maxConnections = MAX_CONNECTIONS;
}

/** Answers are about people, and for whoever asks alone: no browser or proxy may keep them. */
function keepNowhere(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Nest answers for its prefix only: without this the rest would get Express's page. */
function refuseUnknown(request: Request, response: Response, next: NextFunction): void {
  if (KNOWN_ADDRESS.test(request.path)) next();
  else
    response
      .status(404)
      .json(errorBody(new AppError('request.not_found'), correlationIdOf(response)));
}
