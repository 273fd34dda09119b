import {
  type MemberImportField,
  type MemberImportTarget,
  machineTarget,
} from './member-import.schema';

/** How columns are called in tables that people keep, in the five languages; in small letters. */
const HEADINGS: Readonly<Record<MemberImportField, readonly string[]>> = {
  firstName: [
    'first name',
    'firstname',
    'given name',
    'forename',
    'nome',
    'vorname',
    'prenom',
    'nombre',
  ],
  lastName: [
    'last name',
    'lastname',
    'surname',
    'family name',
    'cognome',
    'nachname',
    'familienname',
    'nom',
    'nom de famille',
    'apellido',
    'apellidos',
  ],
  fullName: [
    'name',
    'full name',
    'member',
    'user',
    'nome e cognome',
    'nominativo',
    'membro',
    'utente',
    'socio',
    'vollstandiger name',
    'mitglied',
    'benutzer',
    'nom complet',
    'nom et prenom',
    'membre',
    'utilisateur',
    'nombre completo',
    'nombre y apellidos',
    'miembro',
    'usuario',
  ],
  email: [
    'email',
    'e mail',
    'mail',
    'email address',
    'e mail address',
    'posta elettronica',
    'indirizzo email',
    'indirizzo e mail',
    'e mail adresse',
    'mailadresse',
    'emailadresse',
    'courriel',
    'adresse e mail',
    'adresse email',
    'adresse mail',
    'correo',
    'correo electronico',
  ],
  card: [
    'card',
    'card number',
    'card uid',
    'card id',
    'uid',
    'rfid',
    'badge',
    'tag',
    'tessera',
    'numero tessera',
    'carta',
    'scheda',
    'karte',
    'kartennummer',
    'karten nummer',
    'carte',
    'numero de carte',
    'tarjeta',
    'numero de tarjeta',
  ],
  role: ['role', 'group', 'ruolo', 'gruppo', 'rolle', 'gruppe', 'groupe', 'rol', 'grupo'],
  language: ['language', 'lingua', 'sprache', 'langue', 'idioma', 'lengua'],
  weeklySummary: [
    'weekly summary',
    'riepilogo settimanale',
    'wochenzusammenfassung',
    'wochenbericht',
    'wochentliche zusammenfassung',
    'resume hebdomadaire',
    'resumen semanal',
  ],
  consentAt: [
    'consent',
    'consent date',
    'date of consent',
    'privacy',
    'privacy notice signed',
    'consenso',
    'data consenso',
    'data del consenso',
    'consenso privacy',
    'informativa firmata',
    'einwilligung',
    'einwilligung am',
    'datum der einwilligung',
    'datenschutz',
    'datenschutzhinweis unterschrieben',
    'consentement',
    'date du consentement',
    'notice de confidentialite signee',
    'consentimiento',
    'fecha del consentimiento',
    'aviso de privacidad firmado',
  ],
  membershipEndsOn: [
    'membership ends',
    'membership end',
    'end of membership',
    'membership until',
    'expires',
    'expiry',
    'expiry date',
    'valid until',
    'fine iscrizione',
    'scadenza',
    'data di scadenza',
    'scadenza iscrizione',
    'valida fino al',
    'mitgliedschaft endet',
    'mitgliedschaft bis',
    'ende der mitgliedschaft',
    'mitglied bis',
    'gultig bis',
    'fin de l adhesion',
    'fin d adhesion',
    'date d expiration',
    'valable jusqu au',
    'fin de la afiliacion',
    'vencimiento',
    'fecha de vencimiento',
    'valido hasta',
  ],
  machines: [
    'machine',
    'machines',
    'may use',
    'authorisations',
    'authorizations',
    'macchina',
    'macchine',
    'autorizzazioni',
    'maschine',
    'maschinen',
    'berechtigungen',
    'autorisations',
    'maquina',
    'maquinas',
    'autorizaciones',
  ],
};

/** ' E-Mail' -> 'e mail'; 'Prénom' -> 'prenom' */
export function plainHeading(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * What the columns of a table probably mean. A name of a machine is a column of ticks; each meaning
 * is proposed once, for the first column that is called so.
 */
export function proposeTargets(
  headings: readonly string[],
  machines: readonly { readonly id: number; readonly name: string }[],
): (MemberImportTarget | null)[] {
  const taken = new Set<MemberImportTarget>();
  const byHeading = new Map<string, MemberImportTarget>(
    Object.entries(HEADINGS).flatMap(([field, names]) =>
      names.map((name) => [name, field as MemberImportField] as const),
    ),
  );
  for (const { id, name } of machines) byHeading.set(plainHeading(name), machineTarget(id));
  const proposed = headings.map((heading) => {
    const target = byHeading.get(plainHeading(heading)) ?? null;
    if (target === null || taken.has(target)) return null;
    taken.add(target);
    return target;
  });
  // 'Name' beside 'Vorname' is the last name only.
  const full = proposed.indexOf('fullName');
  const isSplit = taken.has('firstName') && !taken.has('lastName');
  return proposed.map((target, index) => (isSplit && index === full ? 'lastName' : target));
}

const YES = new Set([
  'x',
  'yes',
  'y',
  '1',
  'true',
  'si',
  's',
  'vero',
  'ja',
  'j',
  'wahr',
  'oui',
  'o',
  'vrai',
  'verdadero',
  '✓',
  '✔',
  '☑',
]);
const NO = new Set([
  '',
  'no',
  'n',
  '0',
  'false',
  'falso',
  'nein',
  'falsch',
  'non',
  'faux',
  '-',
  '✗',
  '☐',
]);

/** 'x', 'Sì', '1' -> true; '', 'nein' -> false; null for anything else. */
export function readTick(text: string): boolean | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
  if (YES.has(plain)) return true;
  return NO.has(plain) ? false : null;
}
