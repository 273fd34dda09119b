import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MANUAL = join(__dirname, '../../docs/user');
const chapters = (language: string) =>
  readdirSync(join(MANUAL, language)).filter((file) => file.endsWith('.md'));
const read = (language: string, file: string) => readFileSync(join(MANUAL, language, file), 'utf8');

it('has the same chapters and the same pictures in both languages', () => {
  expect(chapters('it')).toEqual(chapters('en'));
  const pictures = (language: string) =>
    chapters(language).flatMap((file) =>
      [...read(language, file).matchAll(/img\/([a-z-]+-\d+)-/g)].map(([, name]) => [file, name]),
    );
  expect(pictures('it')).toEqual(pictures('en'));
  expect(pictures('en').length).toBeGreaterThan(50);
});

it.each(['en', 'it'])('shows and links only what there is (%s)', (language) => {
  for (const file of chapters(language)) {
    const text = read(language, file);
    const targets = [...text.matchAll(/(?:src="|\]\()([^)"#]+)/g)].map(
      ([, target]) => target ?? '',
    );
    const missing = targets.filter((target) => !existsSync(join(MANUAL, language, target)));
    expect([file, missing]).toEqual([file, []]);
  }
});

it('uses every picture that was taken', () => {
  const texts = ['en', 'it'].flatMap((language) =>
    chapters(language).map((file) => read(language, file)),
  );
  const unused = readdirSync(join(MANUAL, 'img')).filter((file) => {
    const light = file.replace('-dark.png', '-light.png');
    return !texts.some((text) => text.includes(light));
  });
  expect(unused).toEqual([]);
});
