import { type AccessMachine, type AccessMember, decideAccess } from './access-decision';

const member: AccessMember = {
  disabled: false,
  deleted: false,
  role: { authorizeAll: false, maintenance: false },
};
const machine: AccessMachine = { blocked: false, access: 'authorization' };
const power = { role: { authorizeAll: true, maintenance: false } };
const maintainer = { role: { authorizeAll: false, maintenance: true } };
const yes = (level: 1 | 2) => ({ allowed: true, level });
const no = (reason: string) => ({ allowed: false, reason });

describe('[65] decideAccess, in the order of the rule', () => {
  it.each([
    ['a disabled administrator', { ...power, disabled: true }, {}, true, no('member-disabled')],
    ['a deleted member', { deleted: true }, { access: 'open' }, true, no('member-disabled')],
    ['authorise-all on a blocked machine', power, { blocked: true }, false, yes(2)],
    ['authorise-all without authorisation', power, {}, false, yes(2)],
    ['a blocked machine', {}, { blocked: true }, true, no('machine-blocked')],
    ['a blocked open machine', {}, { blocked: true, access: 'open' }, true, no('machine-blocked')],
    ['an open machine type', {}, { access: 'open' }, false, yes(1)],
    ['no authorisation', {}, {}, false, no('not-authorised')],
    ['a machine without a type', {}, { access: null }, false, no('not-authorised')],
    ['a machine without a type, authorised', {}, { access: null }, true, yes(1)],
    ['an authorisation', {}, {}, true, yes(1)],
    ['a maintainer with an authorisation', maintainer, {}, true, yes(2)],
    ['a maintainer without one', maintainer, {}, false, no('not-authorised')],
  ] as const)('%s', (_why, who, where, authorised, decision) => {
    expect(decideAccess({ ...member, ...who }, { ...machine, ...where }, authorised)).toEqual(
      decision,
    );
  });
});
