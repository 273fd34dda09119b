import { passwordProblem } from './password-strength';

const MARTA = {
  firstName: 'Marta',
  lastName: 'D’Agostino Peña',
  email: 'm.dago@officine-lago.it',
  labName: 'FabLab Lago Maggiore',
};

test.each([
  'password1234',
  'Password2026!',
  'P@ssw0rd-2026!',
  'passwordpassword',
  'administrator',
  'adminadminadmin',
  'qwertyuiop12',
  'qwertz123456',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '123456789012',
  '098765432109',
  'abcdefghijkl',
  'aaaaaaaaaaaa',
  'abababababab',
  'abc123abc123',
  'iloveyou1234',
  'welcome-2026!!',
  'Fablab-Fablab',
  'motdepasse123',
  'correcthorsebatterystaple',
  'letmein letmein',
  'x7k!x7k!x7k!',
])('[B4] %s is common', (password) => {
  expect(passwordProblem(password, null)).toBe('auth.password_common');
});

test.each([
  'marta12345678',
  'M4rta.dagostino',
  'pena-pena-2026',
  'm.dago@officine-lago.it',
  'officine-lago1',
  'LagoMaggiore26',
  'marta password 1',
])('%s is about its owner', (password) => {
  expect(passwordProblem(password, MARTA)).toBe('auth.password_about_owner');
});

test.each([
  'violet anvil under the stairs',
  'corral-lathe-17',
  'gXv92!pQ_zz4w',
  'martas grey submarine',
  '583920174658',
  'quattro gatti nel tornio',
  '密码密码abc花瓶钟表山河',
])('%s passes', (password) => {
  expect(passwordProblem(password, MARTA)).toBeNull();
});

test('the longest password is decided at once', () => {
  expect(passwordProblem('the'.repeat(85), MARTA)).toBe('auth.password_common');
  expect(passwordProblem('a1'.repeat(120) + 'lathe', MARTA)).toBeNull();
});
