import type { VirtualBoard } from './virtual-board';

export const CONSOLE_HELP = `tap <card> [seconds]   hold a card (8 hex digits) before the reader; 0.5 s
drop                   the connection breaks for an instant
cut | restore          the connection breaks | can be made again
off | on               power
state                  how the board stands
quit`;

/** Carries out one typed line; returns what to print, or null for `quit`. */
export async function runConsoleLine(board: VirtualBoard, line: string): Promise<string | null> {
  const [command = '', uid = '', seconds = '0.5'] = line.trim().split(/\s+/);
  switch (command) {
    case '':
      return '';
    case 'tap':
      if (!/^[0-9a-f]{8}$/i.test(uid)) return `"${uid}" is no card of 8 hex digits`;
      if (!(Number(seconds) > 0)) return `"${seconds}" is no number of seconds`;
      board.tap(uid, Number(seconds) * 1000);
      return '';
    case 'drop':
      board.dropLink();
      return '';
    case 'cut':
      board.cutLink();
      return '';
    case 'restore':
      board.restoreLink();
      return '';
    case 'off':
      await board.powerCut();
      return '';
    case 'on':
      board.boot();
      return '';
    case 'state':
      return JSON.stringify(board.state);
    case 'quit':
    case 'exit':
      return null;
    default:
      return CONSOLE_HELP;
  }
}
