import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

export const OPENAPI_PATH = '/api/v1/openapi.json';

/** The description of the API, made from the routes and the shared contract: as JSON, and as a page at /api/docs. */
export function serveOpenApi(app: INestApplication): void {
  const outline = new DocumentBuilder()
    .setTitle('Steward')
    .setDescription('The account-health desk: facts in, scores and their reasons out.')
    .setVersion('1')
    .addCookieAuth('steward_session')
    .addBearerAuth({ type: 'http', description: 'An API key' })
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, outline), {
    jsonDocumentUrl: OPENAPI_PATH.slice(1),
    customSiteTitle: 'Steward API',
  });
}
