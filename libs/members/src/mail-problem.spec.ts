import { DISCARDED, mailProblemOf, UNREADABLE } from './mail-problem';

test.each([
  ["Can't send mail - all recipients were rejected: 550 No such user here", 'address-refused'],
  ["Can't send mail - all recipients were rejected: 451 Greylisted", 'put-off'],
  ['Message failed: 554 Transaction failed: looks like spam', 'mail-refused'],
  ['Invalid login: 535 5.7.8 Username and Password not accepted', 'login-refused'],
  ['Missing credentials for "PLAIN"', 'login-refused'],
  ['connect ECONNREFUSED 127.0.0.1:2525', 'unreachable'],
  ['getaddrinfo ENOTFOUND mail.example.org', 'unreachable'],
  ['Greeting never received', 'no-answer'],
  ['Connection timeout', 'no-answer'],
  ['self-signed certificate', 'certificate'],
  ['Error upgrading connection with STARTTLS', 'no-tls'],
  [DISCARDED, 'discarded'],
  [UNREADABLE, 'unreadable'],
  ['No such thing has been seen before', 'other'],
] as const)('%s: %s', (lastError, problem) => {
  expect(mailProblemOf(lastError)).toBe(problem);
});
