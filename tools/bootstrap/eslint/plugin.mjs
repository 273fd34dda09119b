/** The workspace's own rules: what may stand in one place only, and who may import whom. */
import { apiDoors } from './api-doors.mjs';

/** A rule that finds a piece of syntax and says where it belongs. */
function onlyElsewhere(selectors, message) {
  return {
    meta: { type: 'problem', schema: [] },
    create: (context) =>
      Object.fromEntries(
        selectors.map((selector) => [selector, (node) => context.report({ node, message })]),
      ),
  };
}

/** Option: a list of `{ pattern, why }`; the pattern is tried against the name after `from`. */
const forbiddenPackages = {
  meta: { type: 'problem', schema: [{ type: 'array' }] },
  create(context) {
    const [forbidden] = context.options;
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name !== 'string') return;
      const found = forbidden.find(({ pattern }) => new RegExp(pattern).test(name));
      if (found) context.report({ node, message: `"${name}" does not belong here: ${found.why}` });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default {
  meta: { name: 'fabomatic' },
  rules: {
    'api-doors': apiDoors,
    'forbidden-packages': forbiddenPackages,
    'one-clock': onlyElsewhere(
      [
        "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        "NewExpression[callee.name='Date'][arguments.length=0]",
        "CallExpression[callee.name='Date']",
      ],
      'The time is read in libs/kernel/src/clock.ts only: take a Clock, or the time itself.',
    ),
    'one-environment': onlyElsewhere(
      [
        "MemberExpression[object.name='process'][property.name='env']",
        "MemberExpression[object.name='process'][property.value='env']",
        "ImportSpecifier[imported.name='env']",
      ],
      'The environment is read in apps/api/src/settings/load-settings.ts only.',
    ),
    'one-writer': onlyElsewhere(
      [
        "CallExpression[callee.property.name='transaction']",
        "CallExpression[callee.property.name='createQueryRunner']",
        "CallExpression[callee.property.name='startTransaction']",
      ],
      'Write through UnitOfWork: on SQLite transactions side by side mix.',
    ),
  },
};
