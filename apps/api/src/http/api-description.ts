import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

export const API_DOCS = 'api/docs';
export const API_JSON = 'api/openapi.json';

/**
 * The API's description in OpenAPI, made from the zod schemas that the routes check with, and a page
 * to try it. Both are public: they say what the product can do, nothing about the lab.
 */
export function describeApi(app: NestExpressApplication, version: string): void {
  const config = new DocumentBuilder()
    .setTitle('Fab-O-Matic')
    .setDescription(
      'Lists answer with {items, total, page, pageSize}. Times are ISO 8601 in UTC, durations are ' +
        'seconds. Errors are {code, params, fields?, correlationId}: 404 unknown, 409 taken, in use ' +
        'or changed by somebody else, 422 with the fields that do not pass.',
    )
    .setVersion(version)
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  SwaggerModule.setup(API_DOCS, app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: API_JSON,
    customSiteTitle: 'Fab-O-Matic API',
  });
}
