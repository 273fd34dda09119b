import type { RequestHandler } from 'express';
import helmet from 'helmet';

const HSTS_DAYS = 180;

/**
 * Only our own scripts run, nobody frames the pages, nothing is fetched from elsewhere. Angular
 * Material writes style elements, hence 'unsafe-inline' for styles, and for styles alone.
 */
export function securityHeaders({ isTls }: { isTls: boolean }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isTls
      ? { maxAge: HSTS_DAYS * 24 * 3600, includeSubDomains: false }
      : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}
