/** Runs a command quietly; what it said is shown by the caller when it fails. */
import { spawn } from 'node:child_process';

const KEPT_OUTPUT = 200_000;
/** A command that hangs must not hang whoever waits for the result. */
const TIMEOUT_MS = 15 * 60_000;

/** Returns whether it succeeded, and the last of its output. */
export function runCaptured([command, ...args], { cwd, env = {}, title }) {
  const isTerminal = process.stdout.isTTY === true;
  if (isTerminal) process.stdout.write(`${title} ...\r`);
  let output = '';
  const keep = (chunk) => {
    output = (output + chunk).slice(-KEPT_OUTPUT);
  };
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a hanging one can be ended with all that it started.
      detached: true,
    });
    const stop = (signal) => process.kill(-child.pid, signal);
    const onInterrupt = () => stop('SIGINT');
    process.on('SIGINT', onInterrupt);
    const timer = setTimeout(() => {
      keep(`\nStopped after ${TIMEOUT_MS / 60_000} minutes.\n`);
      stop('SIGKILL');
    }, TIMEOUT_MS);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = (ok) => {
      clearTimeout(timer);
      process.off('SIGINT', onInterrupt);
      resolve({ ok, output });
    };
    child.on('error', (error) => {
      // The command itself is missing.
      keep(`${error.message}\n`);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
