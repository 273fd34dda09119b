/** Runs long commands so that somebody who waits sees that something happens. */
import { spawn } from 'node:child_process';

const LINE_EVERY_S = 10;
const KEPT_OUTPUT = 4000;

/**
 * Runs a command in `cwd` and shows the seconds that went by. Its own output is shown only when it
 * fails. Returns whether it succeeded.
 */
export function runWithProgress(label, command, args, cwd) {
  const startMs = performance.now();
  const elapsedS = () => Math.round((performance.now() - startMs) / 1000);
  const isTerminal = process.stdout.isTTY === true;
  const show = () => {
    if (isTerminal) process.stdout.write(`\r${label} ... ${elapsedS()} s`);
    else console.log(`${label} ... ${elapsedS()} s`);
  };
  show();
  const timer = setInterval(show, isTerminal ? 1000 : LINE_EVERY_S * 1000);
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-KEPT_OUTPUT);
  };
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = (isDone) => {
      clearInterval(timer);
      const result = isDone ? 'done' : 'FAILED';
      console.log(`${isTerminal ? '\r' : ''}${label} ... ${result} after ${elapsedS()} s`);
      if (!isDone) console.error(output);
      resolve(isDone);
    };
    child.on('error', (error) => {
      // The command itself is missing.
      keep(`${error.message}\n`);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
