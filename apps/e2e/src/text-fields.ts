import { request } from '@playwright/test';
import type { Product } from './product';

/** Texts that no page ever shows: proofs and secrets, what a form checks, what is tried and not kept. */
export const SHOWN_NOWHERE: ReadonlySet<string> = new Set([
  'auth/login email',
  'auth/login password',
  'auth/login code',
  'auth/password currentPassword',
  'auth/password newPassword',
  'auth/forgot-password email',
  'auth/password-link/check token',
  'auth/password-link/use token',
  'auth/password-link/use newPassword',
  'auth/second-factor/confirm code',
  'auth/second-factor/recovery-codes code',
  'auth/second-factor/off code',
  'firmware/rollout password',
  'members cards.uid',
  'members/{id}/cards uid',
  'maintenance-plans instructionsUrl',
  'imports settings',
  'imports/trial settings',
  'settings version',
  'settings/test-broker broker',
  'settings/test-broker user',
  'settings/test-broker password',
  'settings/test-broker tlsCaFile',
  'settings/test-database url',
  'settings/test-mail server',
  'settings/test-mail tlsCaFile',
  'settings/test-mail username',
  'settings/test-mail password',
  'settings/test-mail sender',
]);

/** 'members' for '/api/v1/members/{id}' and for 'members/7': what is made and changed is the same. */
export function resourceOf(path: string): string {
  return path
    .replace('/api/v1/', '')
    .replace(/{\w+}|\b\d+\b/g, '{id}')
    .replace(/\/{id}$/, '');
}

/** Where `<` stands in a body: 'firstName', 'cards.label'. */
export function hostileFields(body: object, prefix = ''): string[] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return value.includes('<') ? [`${prefix}${name}`] : [];
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item) =>
      typeof item === 'object' && item !== null ? hostileFields(item, `${prefix}${name}.`) : [],
    );
  });
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}
interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { requestBody?: { content: Record<string, { schema: Schema } | undefined> } }
        >
      >
    >
  >;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** 'members firstName': each text of each body, as the API describes itself. */
export async function textFields(product: Product): Promise<Set<string>> {
  const context = await request.newContext({ ignoreHTTPSErrors: true });
  const answer = await context.get(`${product.url}/api/openapi.json`);
  const all = (await answer.json()) as Description;
  await context.dispose();
  const textsOf = (schema: Schema, prefix: string): string[] => {
    const named = schema.$ref
      ? (all.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? schema)
      : schema;
    if (named.anyOf) return named.anyOf.flatMap((each) => textsOf(each, prefix));
    if (named.items) return textsOf(named.items, prefix);
    if (named.properties) {
      return Object.entries(named.properties).flatMap(([name, each]) =>
        textsOf(each, prefix === '' ? name : `${prefix}.${name}`),
      );
    }
    const isFree = named.type === 'string' && !named.format && !named.pattern && !named.enum;
    return isFree && named.const === undefined ? [prefix] : [];
  };
  const found = new Set<string>();
  for (const [path, methods] of Object.entries(all.paths)) {
    for (const { requestBody } of Object.values(methods)) {
      const schema = requestBody?.content['application/json']?.schema;
      if (schema === undefined) continue;
      for (const field of textsOf(schema, '')) found.add(`${resourceOf(path)} ${field}`);
    }
  }
  return found;
}
