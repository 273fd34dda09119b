import type { Row } from './report';

interface Aim {
  readonly text: string;
  readonly isMet: (row: Row) => boolean;
  readonly concerns: (row: Row) => boolean;
  readonly shown: (row: Row) => string;
}

const isProduct = ({ target, boards }: Row) => target === 'product' && boards === 50;
const isQuery = ({ cycle }: Row) => cycle !== 'use';

/** What the product is held to with 50 boards (docs/performance.md). */
const AIMS: readonly Aim[] = [
  {
    text: 'queries at 65 % of the echo',
    concerns: (row) => isProduct(row) && isQuery(row),
    isMet: (row) => row.ratioToEcho >= 0.65,
    shown: (row) => `${(100 * row.ratioToEcho).toFixed(0)} %`,
  },
  {
    text: 'a whole use at 50 % of the echo',
    concerns: (row) => isProduct(row) && !isQuery(row),
    isMet: (row) => row.ratioToEcho >= 0.5,
    shown: (row) => `${(100 * row.ratioToEcho).toFixed(0)} %`,
  },
  {
    text: 'p99 under 20 ms',
    concerns: isProduct,
    isMet: (row) => row.p99Ms < 20,
    shown: (row) => `${row.p99Ms.toFixed(1)} ms`,
  },
  {
    text: 'CPU of a whole use under 90 µs a message',
    concerns: (row) => isProduct(row) && !isQuery(row) && row.cpuUs !== null,
    isMet: (row) => (row.cpuUs ?? 0) < 90,
    shown: (row) => `${(row.cpuUs ?? 0).toFixed(0)} µs`,
  },
  {
    text: 'past uses cost less than 10 %',
    concerns: (row) => isProduct(row) && row.ratioToNoPast !== null,
    isMet: (row) => (row.ratioToNoPast ?? 0) >= 0.9,
    shown: (row) => `${(100 * (row.ratioToNoPast ?? 0)).toFixed(0)} %`,
  },
];

/** One line for each aim and broker. */
export function aimLines(rows: readonly Row[]): string[] {
  return AIMS.flatMap(({ text, concerns, isMet, shown }) => {
    const brokers = [...new Set(rows.map(({ broker }) => broker))];
    return brokers.flatMap((broker) => {
      const concerned = rows.filter((row) => row.broker === broker && concerns(row));
      if (concerned.length === 0) return [];
      const verdict = concerned.every(isMet) ? 'met   ' : 'MISSED';
      return `${verdict} ${broker.padEnd(10)} ${text}: ${concerned.map(shown).join(', ')}`;
    });
  });
}
