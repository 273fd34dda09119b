/** The people of the made-up lab; index in the list + 1 makes their cards. */

export const DEMO_ROLES = ['admins', 'Fab Staff', 'Instructors', 'Fab Users'] as const;
export type DemoRole = (typeof DEMO_ROLES)[number];

export interface DemoMember {
  readonly firstName: string;
  readonly lastName: string;
  readonly role: DemoRole;
  /** Names of machine types; those of `admins` and `Fab Staff` may use everything. */
  readonly trainedOn: readonly string[];
  readonly cards: readonly DemoCard[];
  readonly isDisabled: boolean;
}

export interface DemoCard {
  readonly uid: string;
  readonly label: string | null;
  readonly isRevoked: boolean;
}

const ALL = ['Laser cutter', '3D printer', 'Machining', 'Vinyl cutter'];
const [LASER, PRINTER, MACHINING] = ALL;

type Row = readonly [
  firstName: string,
  lastName: string,
  role: DemoRole,
  trainedOn: readonly (string | undefined)[],
];

/** The first one is the login of the demo. */
const PEOPLE: readonly Row[] = [
  ['Giulia', 'Conti', 'admins', ALL],
  ['Marco', 'Brambilla', 'Fab Staff', ALL],
  ['Ingrid', 'Sørensen', 'Fab Staff', ALL],
  ['Kwame', 'Mensah', 'Fab Staff', ALL],
  ['Sofía', 'Navarro', 'Instructors', [LASER, PRINTER]],
  ['Dmytro', 'Kovalenko', 'Instructors', [MACHINING]],
  ['Aiko', 'Tanaka', 'Instructors', [LASER, PRINTER, MACHINING]],
  ['Luca', 'Ferrari', 'Fab Users', [LASER]],
  ['Chiara', 'De Santis', 'Fab Users', [LASER, PRINTER]],
  ['Matteo', 'Greco', 'Fab Users', [PRINTER]],
  ['Fatima', 'El Amrani', 'Fab Users', [LASER, PRINTER]],
  ['Jürgen', 'Weiß', 'Fab Users', [MACHINING]],
  ['Élodie', 'Lefèvre', 'Fab Users', [LASER]],
  ['Priya', 'Raghunathan', 'Fab Users', [PRINTER, LASER]],
  ['Tomasz', 'Wójcik', 'Fab Users', [MACHINING, LASER]],
  ['Ana', 'Popescu', 'Fab Users', [PRINTER]],
  ['Mehmet', 'Yılmaz', 'Fab Users', [LASER, MACHINING]],
  ['Nguyễn', 'Minh Anh', 'Fab Users', [PRINTER]],
  ['Björn', 'Åkesson', 'Fab Users', [MACHINING, PRINTER]],
  ['Zoë', 'van den Berg', 'Fab Users', [LASER, PRINTER]],
  ['Olamide', 'Adeyemi', 'Fab Users', [PRINTER]],
  ['Katarína', 'Horváthová', 'Fab Users', [LASER]],
  ['Pedro', 'Gonçalves', 'Fab Users', [MACHINING]],
  ['Hana', 'Dvořáková', 'Fab Users', []],
  ['Wei', 'Chen', 'Fab Users', [LASER, PRINTER]],
];

/** Members with a second card (index -> its label), with a lost one, and one who has left. */
const SECOND_CARD: ReadonlyMap<number, string> = new Map([
  [1, 'Key ring'],
  [8, 'Student card'],
]);
const LOST_CARD = 12;
const LEFT = 22;

export const DEMO_MEMBERS: readonly DemoMember[] = PEOPLE.map(
  ([firstName, lastName, role, trainedOn], index) => ({
    firstName,
    lastName,
    role,
    trainedOn: trainedOn.filter((type) => type !== undefined),
    cards: cardsOf(index),
    isDisabled: index === LEFT,
  }),
);

/** Cards that nobody has, of people who come by. */
export const STRANGE_CARDS = ['5e1f00a1', '5e1f00b2', '5e1f00c3'] as const;

/** May the role use every machine without an authorisation? */
export function isAllowedEverywhere(role: DemoRole): boolean {
  return role === 'admins' || role === 'Fab Staff';
}

function cardsOf(index: number): DemoCard[] {
  const first = { uid: uidOf(index, 1), label: null, isRevoked: false };
  const second = SECOND_CARD.get(index);
  if (second !== undefined) {
    return [first, { uid: uidOf(index, 2), label: second, isRevoked: false }];
  }
  if (index !== LOST_CARD) return [first];
  return [
    { uid: uidOf(index, 2), label: 'Lost on the tram', isRevoked: true },
    { ...first, label: 'Replacement' },
  ];
}

/** uidOf(6, 1) = 'a7c31ab1': looks like a card, and is the same in every demo. */
function uidOf(index: number, number: number): string {
  const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 8;
  return `${(0xa0 + index).toString(16)}${mixed.toString(16).padStart(6, '0').slice(0, 5)}${number}`;
}
