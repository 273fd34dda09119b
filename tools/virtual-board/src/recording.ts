import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * One line of `fixtures/board-side.jsonl.gz`, in order of time within its scenario.
 * `pub`, `connect`, `relay` are what the board did; `rsp` what the scripted responder published,
 * `recv` when the board read it; `card`, `net`, `note`, `boot`, `end` what the test did to it.
 */
export interface RecordedLine {
  readonly scenario: string;
  /** Since the first power-on. */
  readonly t_ms: number;
  readonly dir: string;
  readonly topic: string | null;
  readonly payload: string | null;
  readonly note: string;
}

/** Scenario name -> its lines, of the unmodified firmware on a real broker. */
export function loadRecordings(): ReadonlyMap<string, readonly RecordedLine[]> {
  const file = join(__dirname, '../fixtures/board-side.jsonl.gz');
  const byScenario = new Map<string, RecordedLine[]>();
  for (const text of gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n')) {
    const line: RecordedLine = JSON.parse(text);
    const lines = byScenario.get(line.scenario);
    if (lines) lines.push(line);
    else byScenario.set(line.scenario, [line]);
  }
  return byScenario;
}
