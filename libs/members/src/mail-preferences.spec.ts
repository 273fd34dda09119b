import { MAIL_TOPICS, mailTopicsOf, summaryParts } from './mail-preferences';

test.each([
  ['none', false, false, { machines: false, unrecognisedCards: false }],
  ['none', true, true, { machines: true, unrecognisedCards: false }],
  ['read-only', false, false, { machines: true, unrecognisedCards: false }],
  ['members', false, false, { machines: true, unrecognisedCards: true }],
  ['machines', false, true, { machines: true, unrecognisedCards: false }],
  ['admin', false, true, { machines: true, unrecognisedCards: true }],
] as const)(
  '%s, maintenance %s: a mail tells nobody more than the portal would',
  (portalAccess, maintenance, hearsOfMachines, parts) => {
    const role = { portalAccess, maintenance };
    expect(mailTopicsOf(role)).toEqual(hearsOfMachines ? MAIL_TOPICS : ['weekly-summary']);
    expect(summaryParts(role)).toEqual(parts);
  },
);
