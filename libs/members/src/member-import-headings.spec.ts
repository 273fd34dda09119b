import { proposeTargets, readTick } from './member-import-headings';

const MACHINES = [
  { id: 7, name: 'Laser 1' },
  { id: 8, name: 'Fräse' },
];

test.each([
  ['en', ['First name', 'Last name', 'E-Mail', 'Card', 'Role']],
  ['it', ['Nome', 'COGNOME', 'Posta elettronica', 'Tessera', 'Ruolo']],
  ['de', ['Vorname', 'Nachname', 'E-Mail-Adresse', 'Kartennummer', 'Rolle']],
  ['fr', ['Prénom', 'Nom', 'Courriel', 'Carte', 'Rôle']],
  ['es', ['Nombre', 'Apellidos', 'Correo electrónico', 'Tarjeta', 'Rol']],
])('headings in %s', (_language, headings) => {
  expect(proposeTargets(headings, [])).toEqual(['firstName', 'lastName', 'email', 'card', 'role']);
});

test('names of machines are columns of ticks; a meaning is proposed once', () => {
  expect(
    proposeTargets(['Name', 'laser 1', 'FRASE', 'mail', 'Email', 'Shoe size'], MACHINES),
  ).toEqual(['fullName', 'machine:7', 'machine:8', 'email', null, null]);
  expect(proposeTargets(['Name', 'Vorname'], [])).toEqual(['lastName', 'firstName']);
});

test.each([
  ['Privacy notice signed', 'Membership ends'],
  ['Informativa firmata', 'Fine iscrizione'],
  ['Datenschutzhinweis unterschrieben', 'Mitgliedschaft endet'],
  ['Notice de confidentialité signée', 'Fin de l’adhésion'],
  ['Aviso de privacidad firmado', 'Fin de la afiliación'],
  ['Consent', 'Gültig bis'],
])('days: %s, %s', (consent, end) => {
  expect(proposeTargets([end, consent], [])).toEqual(['membershipEndsOn', 'consentAt']);
});

test('ticks', () => {
  expect(['X', ' sì ', '1', 'Oui', '✓'].map(readTick)).toEqual([true, true, true, true, true]);
  expect(['', 'nein', '0', '-'].map(readTick)).toEqual([false, false, false, false]);
  expect(['perhaps', '=1'].map(readTick)).toEqual([null, null]);
});
