import type { ImportExample } from './import.schema';

/** What is needed to say an example in a language. */
export interface ExampleWords {
  /** Fills the sentence under `import_original.example`. */
  say(
    key: Exclude<ImportExample['form'], 'text'> | 'member',
    params: Readonly<Record<string, string | number>>,
  ): string;
  /** A length as the reader writes it: 4620 -> '1 h 17 min' */
  length(seconds: number): string;
}

/** 'Use 4: 25 h 00 min': one line of the report. */
export function sayImportExample(example: ImportExample, words: ExampleWords): string {
  const member = ({ id, name }: { id: number; name: string }) => words.say('member', { id, name });
  switch (example.form) {
    case 'text':
      return example.text;
    case 'use':
      return words.say('use', { id: example.useId });
    case 'use_length':
      return words.say('use_length', {
        id: example.useId,
        length: words.length(example.lengthS),
      });
    case 'repeated_use':
      return words.say('repeated_use', {
        id: example.useId,
        of: example.ofId,
        length: words.length(example.lengthS),
      });
    case 'machine_hours':
      return words.say('machine_hours', {
        id: example.machineId,
        length: words.length(example.lengthS),
      });
    case 'hours_and_uses':
      return words.say('hours_and_uses', {
        id: example.machineId,
        hours: words.length(example.hoursS),
        uses: words.length(example.usesS),
      });
    case 'member_card':
      return words.say('member_card', { member: member(example.member), card: example.card });
    case 'card_reads':
      return words.say('card_reads', { card: example.card, times: example.times });
    case 'shared_email':
      return words.say('shared_email', {
        email: example.email,
        first: member(example.first),
        second: member(example.second),
      });
    case 'shared_card':
      return words.say('shared_card', {
        card: example.card,
        keeps: member(example.keeps),
        loses: member(example.loses),
      });
  }
}
