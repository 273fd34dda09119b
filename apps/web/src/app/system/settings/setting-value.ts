import type { SettingView } from '@fabomatic/system';
import * as z from 'zod';

/** null: as the default says. */
export const SettingDraft = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SettingDraft = z.infer<typeof SettingDraft>;

/** 'MQTT.port' -> what stands in its field. */
export const SettingsDraft = z.record(z.string(), SettingDraft);
export type SettingsDraft = z.infer<typeof SettingsDraft>;

/** What the fields hold at first; nobody is told a secret, so its field is empty. */
export function startOf(items: readonly SettingView[]): SettingsDraft {
  return Object.fromEntries(
    items.map(({ path, value, isSecret }) => [path, isSecret ? '' : value]),
  );
}

/** Whether every word of `search` is in one of the texts, with or without accents and capitals. */
export function fits(search: string, texts: readonly string[]): boolean {
  const text = plain(texts.join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
