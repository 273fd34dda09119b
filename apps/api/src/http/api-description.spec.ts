import request from 'supertest';
import { TestLab } from '../testing/test-lab';

type Operation = {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  requestBody?: { content: Record<string, { schema: object }> };
  parameters?: { name: string; in: string; schema: object }[];
};
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

jest.setTimeout(30_000);
let lab: TestLab;
let description: Description;

beforeAll(async () => {
  lab = await TestLab.start();
  const { body } = await request(lab.app.getHttpServer()).get('/api/openapi.json').expect(200);
  description = body as Description;
});
afterAll(() => lab.remove());

test('is made from the schemas that routes check with', () => {
  const { post } = description.paths['/api/v1/machine-types'] ?? {};
  expect(description.openapi).toMatch(/^3\./);
  expect(post?.requestBody?.content['application/json']?.schema).toMatchObject({
    required: ['name'],
    additionalProperties: false,
    properties: { name: { type: 'string', maxLength: 60 }, timeoutMin: { maximum: 65_535 } },
  });
  expect(post?.responses['201']?.content?.['application/json']?.schema).toMatchObject({
    properties: { machines: { type: 'integer' } },
  });
});

test('every answer with a body is described', () => {
  const silent: string[] = [];
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, { responses }] of Object.entries(operations)) {
      const hasShape = Object.entries(responses).some(
        ([status, { content }]) => status === '204' || content !== undefined,
      );
      if (!hasShape) silent.push(`${method} ${path}`);
    }
  }
  expect(silent).toEqual([]);
});

test('can be tried on a page that runs no inline script', async () => {
  const page = await request(lab.app.getHttpServer()).get('/api/docs').expect(200);
  expect(page.text).toContain('swagger-ui');
  expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
});
