import { loadWords } from '@fabomatic/i18n';
import type { AppError } from '@fabomatic/kernel';

/** The English sentence of an error, from the same words as the portal's. */
export async function englishSentence({ code, params, fields }: AppError): Promise<string> {
  const { errors } = await loadWords('en');
  const sentence = textAt(errors, code) ?? code;
  const filled = sentence.replaceAll(/{{\s*(\w+)\s*}}/g, (_, name: string) =>
    String(params[name] ?? ''),
  );
  const named = Object.entries(fields ?? {}).map(([field, problem]) => `${field}: ${problem}`);
  return [filled, ...named].join('\n  ');
}

/** 'backup.not_found' -> the text in the tree. */
function textAt(tree: unknown, path: string): string | undefined {
  let found = tree;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, part);
  }
  return typeof found === 'string' ? found : undefined;
}
