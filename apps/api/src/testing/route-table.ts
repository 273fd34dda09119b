import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRootFolder } from '../root-folder';
import type { TestLab } from './test-lab';

export interface Route {
  /** In capitals; `ALL` for what is registered for every method. */
  readonly method: string;
  /** With its placeholders: `/api/v1/machines/:id`. */
  readonly path: string;
}

/** As the table and failures name a route: `GET /api/v1/machines/:id`. */
export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Nobody lists more than these for one route by hand. */
const MANY_METHODS = 8;

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** What the running app answers to, as its router knows it: Nest's controllers and all others. */
export function routesOf(lab: TestLab): Route[] {
  const { router } = lab.app.getHttpAdapter().getInstance() as {
    router: { stack: readonly Layer[] };
  };
  return router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const methods = Object.keys(route.methods).filter((method) => route.methods[method]);
    if (methods.length > MANY_METHODS) return [{ method: 'ALL', path: route.path }];
    return methods.map((method) => ({ method: method.toUpperCase(), path: route.path }));
  });
}

/** Rows of the table in docs/security.md: name of a route -> what it needs. */
export function documentedRoutes(): Map<string, string> {
  const text = readFileSync(join(findRootFolder(), 'docs', 'security.md'), 'utf8');
  const rows = text.matchAll(/^\| `([A-Z]+ \/\S*)` *\| (\w+(?:, not by key)?) *\|/gm);
  return new Map([...rows].map(([, name = '', needs = '']) => [name, needs]));
}
