/**
 * Words that the passwords which are guessed first are made of, in the five languages of the product.
 * Collected by hand from what such lists have in common: words for password itself, names of
 * keyboards, first names, animals, sports, love, seasons, and what a workshop is called.
 */
export const COMMON_PASSWORD_WORDS: ReadonlySet<string> = new Set(
  `
access account admin administrator adminadmin alexander alexandra alexis america amanda amore amour
andrea andrew angel angela anna anthony antonio apple asdf ashley august azerty bailey baseball
basketball batman beautiful benjamin berlin bonjour boss brandon bubbles buster butterfly calcio
cambiami carlos casa change changeit changeme charlie cheese chelsea chicken chiara chocolate
chouchou ciao claudia coffee computer computadora contrasena correcthorsebatterystaple cookie cristina
daniel daniela database david default demo diamond doctor dragon doudou eagle eclipse elizabeth
england enter estrella fabio fablab fabomatic familia family fantasy ferrari flower football forever
forza france francesco francesca freedom friend friends fritz fuckyou gabriel galaxy gatto geheim
george germany giovanni giulia giuseppe golden google guest guitar hallo hamburg hammer hannah happy
harley hello hallowelt helloworld hockey hola home house hunter iloveyou inter internet italia italy
jackson jasmine jennifer jessica jesus jordan joseph joshua jupiter justin juventus katze keyboard
killer kitty knight kennwort ladybug laser laura letmein liebe lisa liverpool login london lorenzo love
lovely loveyou lucky maker makerspace mama marco maria marina martina mario marseille master matrix
matthew maverick melissa member mercedes merlin michael michelle milano minecraft mickey mobile money
monkey monster mother motdepasse mustang mypassword napoli naruto natasha network newpassword nicole
ninja nintendo nothing office oliver orange pass passe passion passw0rd passwort password passord
parola parolachiave patrick peanut pepper peter piano pizza pokemon porsche portal prince princesa
princess principessa private purple qazwsx qwer qwert qwerty qwertz querty rachel rainbow ranger real
realmadrid rebecca robert roberto rocky roma root rosario samantha samsung samurai sandra sara
schalke schatz school scooter sebastian secret secreto segreto segreta server service shadow silver
simone slipknot snoopy soccer sommer soleil sophie spider spiderman spring star starwars stefania
stefano stella steven success sugar summer sunday sunflower sunshine super superman superuser support
sweet system teacher temp temporary teresa test tester testing testtest thomas thunder tiger tigger
tinkerbell toor toyota training trinity trustno turtle unknown user valentina vanessa verano victor
victoria viktoria vincenzo welcome welcometo whatever william willkommen windows winner winter wizard
wolf workshop yamaha yankees yellow zaq zxcv monday tuesday wednesday thursday friday saturday january
february march april june july september october november december lunedi martedi mercoledi giovedi
venerdi sabato domenica gennaio febbraio marzo maggio giugno luglio settembre ottobre dicembre montag
dienstag mittwoch donnerstag freitag samstag sonntag januar februar lundi mardi mercredi jeudi vendredi
samedi dimanche primavera estate autunno inverno fruehling herbst printemps automne hiver otono invierno
benvenuto benvenuti bienvenue bienvenido computer123 officina macchina werkstatt atelier taller
arduino raspberry raspberrypi printer drucker stampante impresora imprimante the and you my is in to i a
`
    .trim()
    .split(/\s+/),
);

/** Rows of keyboards and other orders that fingers and heads follow; read both ways. */
export const COMMON_ORDERS: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  '147258369',
];
