import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route, Routes } from '@angular/router';
import { appRoutes } from '../../app.routes';
import { unsavedGuard } from './unsaved-changes';

const APP = join(__dirname, '../..');
/** What a page with a form has in its code or its template. */
const FORM = /<fab-form-page|<fab-settings-form|UnsavedChanges\)\.watch\(/;

/** Classes of pages with a form: 'MemberForm'. */
function pagesWithForm(): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => {
      const code = readFileSync(join(APP, file), 'utf8');
      const template = file.replace(/\.ts$/, '.html');
      const html = files.includes(template) ? readFileSync(join(APP, template), 'utf8') : '';
      if (!FORM.test(code + html)) return [];
      return [...code.matchAll(/export class (\w+)/g)].map(([, name]) => name ?? '');
    });
}

async function allOf(routes: Routes): Promise<Route[]> {
  const all: Route[] = [];
  for (const route of routes) {
    all.push(route, ...(await allOf(route.children ?? [])));
    const loaded = await route.loadChildren?.();
    if (Array.isArray(loaded)) all.push(...(await allOf(loaded)));
  }
  return all;
}

/** Of `async () => (await import('./member-form')).MemberForm`. */
const classOf = ({ loadComponent }: Route) => /\.(\w+);?\s*}?$/.exec(String(loadComponent))?.[1];

test('no page with a form is left without asking what becomes of the changes', async () => {
  const routes = (await allOf(appRoutes)).filter(({ loadComponent }) => loadComponent);
  const forms = pagesWithForm();
  const routed = routes.filter((route) => forms.includes(classOf(route) ?? ''));
  expect(new Set(routed.map(classOf)).size).toBeGreaterThan(9);
  const unguarded = routed.filter(({ canDeactivate }) => !canDeactivate?.includes(unsavedGuard));
  expect(unguarded.map(classOf)).toEqual([]);
});
