import { parseJobSchedule } from '@fabomatic/system';
import type { Words } from '../../language/words';

/**
 * i18n-keys: jobs.daily jobs.on_monday jobs.on_tuesday jobs.on_wednesday jobs.on_thursday
 * i18n-keys: jobs.on_friday jobs.on_saturday jobs.on_sunday
 *
 * 'daily 03:00' -> 'every day at 03:00', in the reader's language.
 */
export function scheduleText(words: Words, schedule: string | null): string {
  const parsed = schedule === null ? null : parseJobSchedule(schedule);
  if (parsed === null) return words.say('jobs.by_hand');
  const time = parsed.text.slice(-5);
  return parsed.weekday === null
    ? words.say('jobs.daily', { time })
    : words.say(`jobs.on_${parsed.weekday}`, { time });
}
