import { ApiServer } from '../../support/api-server.js';
import { routesOf } from '../access/route-access.js';

let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start();
});

afterAll(() => server?.close());

/** Names that a description refers to. */
const referred = (description: unknown) =>
  [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);

describe('the published description of the API', () => {
  it('has every route, and every schema that a route refers to', async () => {
    const response = await fetch(`${server.url}/api/v1/openapi.json`);
    expect(response.status).toBe(200);
    const description: any = await response.json();
    const described = Object.entries<object>(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = routesOf(server)
      .filter(({ path }) => path.startsWith('/api/') || path.startsWith('/v1/'))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual(routes.sort());
    const schemas = Object.keys(description.components.schemas);
    expect(referred(description).filter((name) => !schemas.includes(name!))).toEqual([]);
    expect(JSON.stringify(description.paths['/api/v1/accounts/query'])).toContain('#/components/schemas/Rule');
  });
});
