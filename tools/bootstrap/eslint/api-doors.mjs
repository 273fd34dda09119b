/**
 * Inside apps/api/src a folder imports from another one only what is meant for others. Without this
 * every file would be everybody's, and none could be changed.
 */
import { dirname, join, relative, sep } from 'node:path';

/** What each folder shows by the kind of its file. */
const OPEN_KINDS = /\.(?:service|entity|module)$/;

/** The few other doors; each is here because more than one folder needs it. */
const DOORS = new Set([
  'auth/password-hash',
  'auth/session.guard',
  'boards/board-message',
  'database/db',
  'database/foreign-commits',
  'database/list-sql',
  'database/unit-of-work',
  'database/refusals',
  'exports/audit-sentences',
  'exports/export-definition',
  'exports/workbook',
  'http/body-time',
  'http/correlation',
  'http/event-stream',
  'machines/machine-view',
]);

/** Files beside the folders that belong to nobody in particular. */
const COMMON_FILES = new Set([
  'lan-address',
  'network-of',
  'port-holder',
  'root-folder',
  'sqlite-driver',
  'start-error',
]);

/** Folders that put the program together, and so reach into all others. */
const ENDS = new Set(['cli', 'testing']);

/** Returns why `file` may not import `target` (both relative to apps/api/src), or null. */
export function closedDoor(file, target) {
  const [folder, isInFolder] = split(file);
  const [targetFolder, targetIsInFolder] = split(target);
  const isForTests = /\.(?:spec|fixture)$/.test(file) || folder === 'testing';
  if (targetFolder === 'testing') {
    return isForTests ? null : 'what stands in testing/ is for specs';
  }
  // The files beside the folders and the command line put the program together, testing/ for specs.
  if (!isInFolder || isForTests || ENDS.has(folder) || folder === targetFolder) return null;
  if (!targetIsInFolder) {
    const isOpen = COMMON_FILES.has(target);
    return isOpen ? null : `${target} puts the program together: nothing imports it`;
  }
  if (OPEN_KINDS.test(target) || DOORS.has(target)) return null;
  return `${target} is private to ${targetFolder}/: import a *.service, *.entity or *.module`;
}

function split(path) {
  const parts = path.split('/');
  return [parts[0], parts.length > 1];
}

export const apiDoors = {
  meta: { type: 'problem', schema: [{ type: 'string' }] },
  create(context) {
    const source = context.options[0];
    const file = fromSource(source, context.filename).replace(/\.ts$/, '');
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      const target = fromSource(source, join(dirname(context.filename), specifier));
      if (target.startsWith('..')) return;
      const why = closedDoor(file, target);
      if (why !== null) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

function fromSource(source, path) {
  return relative(source, path).split(sep).join('/');
}
