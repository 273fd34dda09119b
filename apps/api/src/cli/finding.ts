/** One thing that was looked at. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'problem';
  /** One sentence, with what to do. */
  readonly text: string;
}

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const warning = (text: string): Finding => ({ state: 'warning', text });
export const problem = (text: string): Finding => ({ state: 'problem', text });

const MARKS = { ok: 'ok      ', warning: 'look at ', problem: 'WRONG   ' } as const;

/** Prints the findings; 1 when one of them is a problem. */
export function printFindings(findings: readonly Finding[]): 0 | 1 {
  for (const { state, text } of findings) {
    process.stdout.write(`${MARKS[state]}${text.replaceAll('\n', '\n        ')}\n`);
  }
  const problems = findings.filter(({ state }) => state === 'problem').length;
  const warnings = findings.filter(({ state }) => state === 'warning').length;
  process.stdout.write(`\n${problems} wrong, ${warnings} to look at.\n`);
  return problems > 0 ? 1 : 0;
}
